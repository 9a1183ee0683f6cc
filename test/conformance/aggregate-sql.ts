import { RECOMPUTE_DAY } from '../../src/domains/analytics/index.ts'

/**
 * What the check runs to aggregate events of two days ago: the statement of the job itself, for the organization that the
 * check has just made, which is the newest.
 */
export function aggregateSql(): string {
  const organization = '(SELECT organization_id FROM analytics_events ORDER BY received_at DESC LIMIT 1)'
  const day = "((now() AT TIME ZONE 'UTC')::date - 2)"
  const bound = (name: string) => `(SELECT ${name} FROM metrics_day(${organization}, ${day}))`
  const values = [organization, day, bound('begins'), bound('ends'), bound('markers_begin')]
  return RECOMPUTE_DAY.replaceAll(/\$(\d)/g, (_, nth) => values[nth - 1] ?? '')
    .replaceAll(/\s*--.*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
