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
  /** Moves expired events into cold storage. */
  'maintenance.archive-events': Record<never, never>
  /** Moves logs that are a year old and not critical into activity_logs_archive. */
  'maintenance.archive-activity-logs': Record<never, never>
  /** Removes notifications that were read 30 days ago. */
  'maintenance.remove-read-notifications': Record<never, never>
  /** Sends one stored mail; without an organization it is one of the platform itself. */
  'mail.send': { organizationId?: string; messageId: string }
  /** Blanks the text of mails that can no longer be sent, and removes old ones. */
  'mail.prune': Record<never, never>
  /** Removes kept answers that no request is compared with any more. */
  'idempotency.prune': Record<never, never>
}

export type Task = keyof Tasks

/** A task that needs to be told nothing, so that a clock can start it. */
export type Duty = { [T in Task]: keyof Tasks[T] extends never ? T : never }[Task]

/** Whether a caller that is bound to one organization may enqueue the task, for that organization. */
export const OPEN_TO_TENANTS: Readonly<Record<Task, boolean>> = {
  'analytics.roll-up': true,
  'analytics.change-time-zone': true,
  'analytics.audit': false,
  'identity.send-password-reset': false,
  'identity.remove-expired': false,
  'maintenance.create-partitions': false,
  'maintenance.refresh-organization-metrics': false,
  'maintenance.archive-events': false,
  'maintenance.archive-activity-logs': false,
  'maintenance.remove-read-notifications': false,
  'mail.send': true,
  'mail.prune': false,
  'idempotency.prune': false,
}
