/**
 * Analytics: what agents and members did, and the figures that follow from it.
 * Owns the tables listed below; nobody else writes them.
 */
export { addPercentiles } from './add-percentiles.ts'

export { auditDay } from './audit-day.ts'
export { auditMetrics } from './audit-metrics.ts'
export { type Backfilled, backfillEvents } from './backfill-events.ts'
export { changeTimeZone, listChangedTimeZones } from './change-time-zone.ts'
export { countActiveUsers } from './count-active-users.ts'
export type { Event } from './event.ts'
export { MOST_CHARACTERS, MOST_END_USER_ID_BYTES } from './event.ts'
export type { EventQuestion } from './event-question.ts'
export { type Figure, GLOSSARY } from './glossary.ts'
export { type Imported, type ImportProgress, importEvents, type RejectedLine } from './import-events.ts'
export {
  type Ingested,
  type Ingestion,
  ingestEvents,
  MOST_EVENTS,
  openIngestion,
  type RejectedItem,
} from './ingest-events.ts'
export { insertEvents } from './insert-events.ts'
export { FORMATS, type Format } from './line.ts'
export { listAgents } from './list-agents.ts'
export { type DirtyDay, listDirtyDays } from './list-dirty-days.ts'
export { listEventTypes } from './list-event-types.ts'
export { type EventPage, type EventPosition, listEvents } from './list-events.ts'
export { listRecomputedDays, type RecomputedDay } from './list-recomputed-days.ts'
export { datesOf, MOST_DAYS, type Period } from './period.ts'
export { readActiveUsers } from './read-active-users.ts'
export { readAgent } from './read-agent.ts'
export { readAgentFigures } from './read-agent-figures.ts'
export { readAgentMetrics } from './read-agent-metrics.ts'
export { readBusiestHours } from './read-busiest-hours.ts'
export { readDailyMetrics } from './read-daily-metrics.ts'
export { readDays } from './read-days.ts'
export { type MetricsHealth, readMetricsHealth } from './read-metrics-health.ts'
export { readOverview } from './read-overview.ts'
export { RECOMPUTE_DAY } from './recompute-day.ts'
export { type RecomputedRange, recomputeDays } from './recompute-days.ts'
export { type AskedPeriod, reportedPeriod } from './reported-period.ts'
export { type Percentiles, percentiles } from './response-times.ts'
export { type Expiry, listExpiries } from './retention.ts'
export { type RollUp, recomputeDay, rollUpDay } from './roll-up-day.ts'
export { type Seal, sealDays } from './seal-days.ts'
export { AGENT_SORTS, type Place } from './sort-agents.ts'
export { waitForMetrics } from './wait-for-metrics.ts'

export const tables = [
  'analytics_events',
  'rollup_dirty',
  'daily_metrics',
  'agent_metrics',
  'daily_active_users',
  'former_members',
  'ingest_progress',
  'daily_active_agents',
  'active_user_returns',
  'agent_months',
  'rollup_zones',
  'analytics_seals',
  'metric_audit',
] as const
