import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { ZONE_OF_FIGURES } from './event-bounds.ts'
import { addDays, checkPeriod, daysOf, type Period } from './period.ts'

/** The first and the last day that a question names; one that is left out follows from the other, or from today. */
export type AskedPeriod = { from?: string | undefined; to?: string | undefined; now: Date }

/** The days that a question is about, as the organization counts them. */
export type ReportedPeriod = Period & {
  readonly timeZone: string
  /** The day that it is now in the zone. */
  readonly today: string
  /** As many days, right before. */
  readonly previous: Period
}

const DEFAULT_DAYS = 30

/** The period that is asked for; left out, it ends today in the organization's zone and has 30 days. */
export async function reportedPeriod(
  tx: TenantTx,
  asked: AskedPeriod & { mostDays?: number },
): Promise<ReportedPeriod> {
  const { timeZone, today } = await tx
    .selectFrom('organizations')
    .leftJoin('rollup_zones', 'rollup_zones.organization_id', 'organizations.id')
    .select(ZONE_OF_FIGURES.as('timeZone'))
    .select(sql<string>`day_of(${asked.now}::timestamptz, ${ZONE_OF_FIGURES})`.as('today'))
    .where('organizations.id', '=', tx.organizationId)
    .executeTakeFirstOrThrow()
  const to = asked.to ?? (asked.from !== undefined && asked.from > today ? asked.from : today)
  const period = checkPeriod({ from: asked.from ?? addDays(to, 1 - DEFAULT_DAYS), to }, asked.mostDays)
  const previous = { from: addDays(period.from, -daysOf(period)), to: addDays(period.from, -1) }
  return { ...period, timeZone, today, previous }
}

/** What every report says of itself: its days, and as of when. */
export type Reported = Period & {
  readonly time_zone: string
  /** True while the last day of the period still collects events. */
  readonly is_running: boolean
  /** When a figure of the period was last computed; null where none is. */
  readonly computed_at: string | null
}

export function reportOf(
  { from, to, timeZone, today }: ReportedPeriod,
  days: readonly { computed_at: string | null }[],
): Reported {
  const times = days.flatMap(({ computed_at }) => computed_at ?? []).sort()
  return { from, to, time_zone: timeZone, is_running: to >= today, computed_at: times.at(-1) ?? null }
}
