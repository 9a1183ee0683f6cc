import type { RoleTx } from '../../database/transaction.ts'

/** An organization as the platform's staff see it. */
export type ListedOrganization = {
  readonly id: string
  readonly name: string
  readonly subdomain: string
  readonly plan: string
  readonly planStatus: string
  readonly subscriptionStatus: string | null
  readonly users: number
  readonly agents: number
  readonly conversations: number
  /** Of the last 30 days as of last night; null before the first night. */
  readonly recent: {
    readonly activeUsers: number
    readonly messages: number
    readonly avgResponseTime: number | null
  } | null
}

/**
 * Every organization with what it has and what happened in it lately, by name. The recent figures are those of the last
 * refresh: they are for looking over all organizations, and the organization's own metrics are for looking closely.
 */
export async function listOrganizations(tx: RoleTx): Promise<ListedOrganization[]> {
  const rows = await tx
    .selectFrom('organization_summary as summary')
    .leftJoin('mv_organization_metrics as recent', 'recent.organization_id', 'summary.id')
    .select(['summary.id', 'name', 'subdomain', 'plan', 'plan_status', 'subscription_status'])
    .select(['summary.user_count as users', 'agent_count', 'conversation_count'])
    .select(['recent.organization_id as recent', 'recent.user_count as active_users'])
    .select(['total_messages', 'avg_response_time'])
    .orderBy('name')
    .orderBy('summary.id')
    .execute()
  return rows.map(row => ({
    id: row.id ?? '',
    name: row.name ?? '',
    subdomain: row.subdomain ?? '',
    plan: row.plan ?? '',
    planStatus: row.plan_status ?? '',
    subscriptionStatus: row.subscription_status,
    users: row.users ?? 0,
    agents: row.agent_count ?? 0,
    conversations: row.conversation_count ?? 0,
    recent:
      row.recent === null
        ? null
        : {
            activeUsers: row.active_users ?? 0,
            messages: row.total_messages ?? 0,
            avgResponseTime: row.avg_response_time,
          },
  }))
}
