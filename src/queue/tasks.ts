/**
 * Every task of the product and what its payload holds. The rows of queue_tasks say the same (a test holds both
 * together): a task is added here, in a migration and in jobs/handlers.ts.
 */
export type Tasks = {
  /** Brings the metrics of one day (YYYY-MM-DD) up to its events. */
  'analytics.roll-up': { organizationId: string; date: string }
  /** Asks for the organization's days to be recomputed in its new zone. */
  'analytics.change-time-zone': { organizationId: string }
  /** Recomputes days at random, compares them with what is stored and asks for a recomputation where they differ. */
  'analytics.audit': Record<never, never>
  /** Sends a link to set a new password to the member who has this address, if there is one. */
  'identity.send-password-reset': { email: string }
  /** Removes sessions, links and counters that have run out. */
  'identity.remove-expired': Record<never, never>
  /** Makes the partitions that the coming months' events go to. */
  'maintenance.create-partitions': Record<never, never>
  /** Brings the figures of all organizations, which staff see, up to date. */
  'maintenance.refresh-organization-metrics': Record<never, never>
  /** Sends one stored mail; without an organization it is one of the platform itself. */
  'mail.send': { organizationId?: string; messageId: string }
  /** Blanks the text of mails that can no longer be sent, and removes old ones. */
  'mail.prune': Record<never, never>
  /** Removes kept answers that no request is compared with any more. */
  'idempotency.prune': Record<never, never>
}

export type Task = keyof Tasks

/** Whether a caller that is bound to one organization may enqueue the task, for that organization. */
export const OPEN_TO_TENANTS: Readonly<Record<Task, boolean>> = {
  'analytics.roll-up': true,
  'analytics.change-time-zone': true,
  'analytics.audit': false,
  'identity.send-password-reset': false,
  'identity.remove-expired': false,
  'maintenance.create-partitions': false,
  'maintenance.refresh-organization-metrics': false,
  'mail.send': true,
  'mail.prune': false,
  'idempotency.prune': false,
}
