import type { Insertable } from 'kysely'
import type { Role } from '../../database/roles.ts'
import type { DB, JsonObject } from '../../database/schema.ts'

/** Every table that a sample fills, with the role that may write it. The metrics are not among them: they are computed. */
export const WRITERS = {
  admin_users: 'tenantry_admin',
  organizations: 'tenantry_admin',
  users: 'tenantry_admin',
  user_credentials: 'tenantry_admin',
  api_keys: 'tenantry_tenant',
  agents: 'tenantry_tenant',
  workflows: 'tenantry_tenant',
  conversations: 'tenantry_tenant',
  messages: 'tenantry_tenant',
  workflow_executions: 'tenantry_tenant',
  analytics_events: 'tenantry_ingest',
  subscriptions: 'tenantry_admin',
  payment_methods: 'tenantry_admin',
  invoices: 'tenantry_admin',
  usage_records: 'tenantry_admin',
  team_invitations: 'tenantry_tenant',
  activity_logs: 'tenantry_tenant',
  activity_logs_archive: 'tenantry_jobs',
  notification_preferences: 'tenantry_tenant',
  notifications: 'tenantry_tenant',
  support_tickets: 'tenantry_admin',
  support_ticket_comments: 'tenantry_admin',
  admin_audit_logs: 'tenantry_admin',
} as const satisfies Partial<Record<keyof DB, Role>>

export type SampleTable = keyof typeof WRITERS

export type SampleRow<T extends SampleTable> = T extends 'analytics_events' ? EventRow : Insertable<DB[T]>

/** An event as a program sends it: nothing is left to a default. */
export type EventRow = {
  readonly id: string
  readonly organization_id: string
  readonly event_type: string
  readonly created_at: string
  readonly user_id: string | null
  readonly end_user_id: string | null
  readonly agent_id: string | null
  readonly conversation_id: string | null
  readonly resource_type: string | null
  readonly resource_id: string | null
  readonly properties: JsonObject
}

/** Rows of one table and one organization; all of them name the same columns. */
export type Batch = {
  [T in SampleTable]: {
    readonly table: T
    /** Whose rows they are; null for those of the platform. */
    readonly organizationId: string | null
    readonly rows: readonly SampleRow<T>[]
  }
}[SampleTable]
