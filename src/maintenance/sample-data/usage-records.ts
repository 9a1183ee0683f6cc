import type { SampleRow } from './batch.ts'
import { DAY, iso } from './calendar.ts'
import type { DayUsage } from './history.ts'
import type { SampleOrganization } from './organization.ts'
import type { Subscription } from './subscriptions.ts'

const METRICS = ['messages', 'tokens', 'workflow_executions'] as const

/** What each day that is over (UTC) was billed by: the counts of its events, recorded once, on the day after. */
export function usageRows(
  organization: SampleOrganization,
  {
    subscriptions,
    usage,
    today,
  }: {
    subscriptions: readonly Subscription[]
    usage: ReadonlyMap<string, DayUsage>
    today: number
  },
): SampleRow<'usage_records'>[] {
  const random = organization.random.of('usage records')
  return [...usage]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([date, quantities]) => {
      const start = Date.parse(`${date}T00:00:00Z`)
      if (start >= today) return []
      const paid = subscriptions.find(
        ({ startedAt, endedAt }) => startedAt < start + DAY && (endedAt ?? today) > start,
      )
      return METRICS.filter(metric => quantities[metric] > 0).map(metric => ({
        id: random.uuid(),
        organization_id: organization.id,
        subscription_id: paid?.id ?? null,
        metric_type: metric,
        quantity: quantities[metric],
        period_start: iso(start),
        period_end: iso(start + DAY),
        created_at: iso(start + DAY),
        idempotency_key: `${metric}:${date}`,
      }))
    })
}
