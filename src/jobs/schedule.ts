import type { CronItem } from 'graphile-worker'
import type { Duty } from '../queue/tasks.ts'

/** How often a worker looks for days whose metrics are behind: the delay between an event and its figures. */
export const LOOK_FOR_DIRTY_DAYS_EVERY_MS = 250

/** How often a worker looks for organizations that have another time zone than their figures. */
export const LOOK_FOR_TIME_ZONES_EVERY_MS = 2_000

/** How often a worker says that it lives; see queue/heartbeat.ts for how long its silence is borne. */
export const HEARTBEAT_EVERY_MS = 5_000

/** How often an idle worker looks for jobs that no notification told it of. */
export const LOOK_FOR_JOBS_EVERY_MS = 1_000

const DAY_MS = 24 * 60 * 60 * 1_000

/**
 * Every task that a clock starts; times are UTC. Each runs once however many workers there are, and one that was
 * missed while none ran is made up for. Partitions are also made whenever a worker starts.
 */
export const SCHEDULE: readonly (CronItem & { task: Duty })[] = [
  {
    task: 'maintenance.create-partitions',
    match: '17 3 * * *',
    identifier: 'maintenance.create-partitions daily',
    options: { backfillPeriod: DAY_MS },
  },
  {
    task: 'identity.remove-expired',
    match: '41 3 * * *',
    identifier: 'identity.remove-expired daily',
    options: { backfillPeriod: DAY_MS },
  },
  {
    task: 'maintenance.refresh-organization-metrics',
    match: '7 2 * * *',
    identifier: 'maintenance.refresh-organization-metrics nightly',
    options: { backfillPeriod: DAY_MS },
  },
  { task: 'analytics.audit', match: '23 * * * *', identifier: 'analytics.audit hourly' },
  {
    task: 'maintenance.remove-read-notifications',
    match: '11 2 * * *',
    identifier: 'maintenance.remove-read-notifications daily',
    options: { backfillPeriod: DAY_MS },
  },
  {
    task: 'maintenance.archive-activity-logs',
    match: '21 2 * * *',
    identifier: 'maintenance.archive-activity-logs daily',
    options: { backfillPeriod: DAY_MS },
  },
  {
    task: 'maintenance.archive-events',
    match: '31 2 * * *',
    identifier: 'maintenance.archive-events daily',
    options: { backfillPeriod: DAY_MS },
  },
  { task: 'idempotency.prune', match: '41 * * * *', identifier: 'idempotency.prune hourly' },
  { task: 'mail.prune', match: '*/15 * * * *', identifier: 'mail.prune each quarter of an hour' },
]
