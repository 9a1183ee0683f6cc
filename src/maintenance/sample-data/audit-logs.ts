import type { SampleRow } from './batch.ts'
import { iso } from './calendar.ts'
import { Random } from './random.ts'
import type { Staff } from './staff.ts'
import type { Ticket } from './tickets.ts'

/** What staff did with the tickets of an organization: looked at it, took the ticket, ended it. */
export function auditRows(
  organizationId: string,
  tickets: readonly Ticket[],
  staff: readonly Staff[],
): SampleRow<'admin_audit_logs'>[] {
  const random = new Random(`${organizationId}/audit`)
  return tickets.flatMap(({ row, comments }) => {
    const assigned = staff.find(({ id }) => id === row.assigned_to)
    const [first] = comments
    if (assigned === undefined || first === undefined) return []
    const make = (
      at: unknown,
      action: string,
      type: string,
      id: string | undefined,
      details: Record<string, string> | null,
    ) => ({
      id: random.uuid(),
      admin_user_id: assigned.id,
      action_type: action,
      resource_type: type,
      resource_id: id ?? null,
      details,
      ip_address: `198.51.100.${random.integer(1, 254)}`,
      created_at: String(at),
      organization_id: organizationId,
    })
    return [
      make(first.created_at, 'ticket.assigned', 'support_ticket', row.id, { to: assigned.name }),
      make(first.created_at, 'organization.viewed', 'organization', organizationId, null),
      ...(row.resolved_at === null
        ? []
        : [make(row.resolved_at, 'ticket.resolved', 'support_ticket', row.id, { status: row.status })]),
    ]
  })
}

/** Some of the staff's own doings, which are no organization's. */
export function staffAuditRows(staff: readonly Staff[], today: number): SampleRow<'admin_audit_logs'>[] {
  return staff.map(({ id }, index) => {
    const random = new Random(`${id}/audit`)
    return {
      id: random.uuid(),
      admin_user_id: id,
      action_type: 'admin.signed_in',
      resource_type: null,
      resource_id: null,
      details: null,
      ip_address: `198.51.100.${random.integer(1, 254)}`,
      created_at: iso(today - (index + 1) * 20 * 3_600_000),
      organization_id: null,
    }
  })
}
