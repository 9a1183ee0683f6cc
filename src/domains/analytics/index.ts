/**
 * Analytics: what agents and members did, and the figures that follow from it.
 * Owns the tables analytics_events, rollup_dirty, daily_metrics, agent_metrics and daily_active_users; nobody else
 * writes them.
 */
export { type DirtyDay, listDirtyDays } from './list-dirty-days.ts'
export { rollUpDay } from './roll-up-day.ts'
