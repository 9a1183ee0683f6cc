import { activityRows } from './activity-logs.ts'
import { agentRow, makeAgents } from './agents.ts'
import { apiKeyRows } from './api-keys.ts'
import { auditRows, staffAuditRows } from './audit-logs.ts'
import type { Batch } from './batch.ts'
import { startOfDay } from './calendar.ts'
import { conversationRow, messageRows } from './conversation-rows.ts'
import { eventRows } from './events.ts'
import { makeHistory } from './history.ts'
import { invitationRows } from './invitations.ts'
import { invoiceRows } from './invoices.ts'
import { credentialRow, makeMembers, userRow } from './members.ts'
import { preferenceRows } from './notification-preferences.ts'
import { notificationRows } from './notifications.ts'
import { makeOrganizations, organizationRow, type SampleOrganization } from './organization.ts'
import { paymentMethodRows } from './payment-methods.ts'
import type { SampleInput } from './scale.ts'
import { makeStaff, type Staff, staffRows } from './staff.ts'
import { makeSubscriptions, subscriptionRow } from './subscriptions.ts'
import { makeTickets } from './tickets.ts'
import { usageRows } from './usage-records.ts'
import { executionRow, makeWorkflows, workflowRow } from './workflows.ts'

/**
 * Every row of a sample but its metrics, in an order in which each refers to earlier ones only. The same input gives the
 * same rows; one organization at a time is in memory.
 */
export function* generateSample(input: SampleInput): Generator<Batch> {
  const today = startOfDay(input.now.getTime())
  const staff = makeStaff(input.seed)
  yield { table: 'admin_users', organizationId: null, rows: staffRows(staff, today) }
  yield { table: 'admin_audit_logs', organizationId: null, rows: staffAuditRows(staff, today) }
  for (const organization of makeOrganizations(input))
    yield* generateOrganization(organization, staff, input.now)
}

function* generateOrganization(
  organization: SampleOrganization,
  staff: readonly Staff[],
  time: Date,
): Generator<Batch> {
  const now = time.getTime()
  const today = startOfDay(now)
  const organizationId = organization.id
  const members = makeMembers(organization, today)
  const agents = makeAgents(organization, members, today)
  const workflows = makeWorkflows(organization, members)
  const history = makeHistory(organization, { members, agents, workflows }, now)
  const { conversations, executions, lastActiveAt, usage } = history
  const subscriptions = makeSubscriptions(organization, today)
  const tickets = makeTickets(organization, { members, staff, today })
  const invoices = invoiceRows(organization, subscriptions, today)
  const activity = activityRows(organization, { members, agents, subscriptions, today })

  yield { table: 'organizations', organizationId, rows: [organizationRow(organization)] }
  yield {
    table: 'users',
    organizationId,
    rows: members.map(member => userRow(organization, member, lastActiveAt.get(member.id))),
  }
  yield {
    table: 'user_credentials',
    organizationId,
    rows: members.map(member => credentialRow(organizationId, member)),
  }
  yield { table: 'api_keys', organizationId, rows: apiKeyRows(organization, members) }
  yield { table: 'agents', organizationId, rows: agents.map(agent => agentRow(organization, agent)) }
  yield {
    table: 'workflows',
    organizationId,
    rows: workflows.map(workflow => workflowRow(organization, workflow)),
  }
  yield {
    table: 'conversations',
    organizationId,
    rows: conversations.map(conversation => conversationRow(organizationId, conversation, now)),
  }
  yield {
    table: 'messages',
    organizationId,
    rows: conversations.flatMap(conversation => messageRows(organizationId, conversation)),
  }
  yield {
    table: 'workflow_executions',
    organizationId,
    rows: executions.map(execution => executionRow(organizationId, execution)),
  }
  yield { table: 'analytics_events', organizationId, rows: eventRows(organizationId, history) }
  yield {
    table: 'subscriptions',
    organizationId,
    rows: subscriptions.map(subscription => subscriptionRow(organization, subscription)),
  }
  yield {
    table: 'payment_methods',
    organizationId,
    rows: paymentMethodRows(organization, subscriptions, today),
  }
  yield { table: 'invoices', organizationId, rows: invoices }
  yield {
    table: 'usage_records',
    organizationId,
    rows: usageRows(organization, { subscriptions, usage, today }),
  }
  yield { table: 'team_invitations', organizationId, rows: invitationRows(organization, members, today) }
  yield { table: 'activity_logs', organizationId, rows: activity.log }
  yield { table: 'activity_logs_archive', organizationId, rows: activity.archive }
  yield { table: 'notification_preferences', organizationId, rows: preferenceRows(organization, members) }
  yield {
    table: 'notifications',
    organizationId,
    rows: notificationRows(organization, { members, conversations, tickets, invoices, now }),
  }
  yield { table: 'support_tickets', organizationId, rows: tickets.map(({ row }) => row) }
  yield {
    table: 'support_ticket_comments',
    organizationId,
    rows: tickets.flatMap(({ comments }) => comments),
  }
  yield { table: 'admin_audit_logs', organizationId, rows: auditRows(organizationId, tickets, staff) }
}
