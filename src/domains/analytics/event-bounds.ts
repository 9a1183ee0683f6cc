import { type RawBuilder, sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { formatRfc3339, parseRfc3339 } from '../../platform/rfc3339.ts'
import { timeInvalid } from './errors.ts'
import { instant } from './instant.ts'
import { checkPeriod } from './period.ts'

/** The zone in which figures were made: another one that the organization has chosen is followed when they are made anew. */
export const ZONE_OF_FIGURES = sql<string>`coalesce(rollup_zones.time_zone, organizations.time_zone)::text`

/** The first and the last time that a question names: a day in the organization's zone, or an instant. */
export type AskedTimes = {
  readonly from?: string | undefined
  /** A day is meant up to its end, an instant is not included. */
  readonly to?: string | undefined
}

/** The instants between which events are asked for, to the microsecond. */
export type EventBounds = {
  readonly timeZone: string
  readonly begins: string | null
  readonly ends: string | null
  /** Where the question reaches back to events that have been archived: up to when they have. */
  readonly archivedBefore: string | null
}

/** Reads the bounds first, so that the statement that looks through events has them as values to plan by. */
export async function readEventBounds(tx: TenantTx, { from, to }: AskedTimes): Promise<EventBounds> {
  const { begins, ends, sealedUntil, timeZone } = await tx
    .selectFrom('organizations')
    .leftJoin('rollup_zones', 'rollup_zones.organization_id', 'organizations.id')
    .leftJoin('analytics_seals', 'analytics_seals.organization_id', 'organizations.id')
    .select(ZONE_OF_FIGURES.as('timeZone'))
    .select(instant(momentOf('from', from, 0)).as('begins'))
    .select(instant(momentOf('to', to, 1)).as('ends'))
    .select(instant('analytics_seals.sealed_until').as('sealedUntil'))
    .where('organizations.id', '=', tx.organizationId)
    .executeTakeFirstOrThrow()
  const reachesBack = sealedUntil !== null && (begins === null || begins < sealedUntil)
  return { timeZone, begins, ends, archivedBefore: reachesBack ? sealedUntil : null }
}

/** When the day begins that is so many days later, or the instant. */
function momentOf(parameter: string, time: string | undefined, later: 0 | 1): RawBuilder<unknown> {
  if (time === undefined) return sql`NULL::timestamptz`
  if (DAY.test(time)) {
    checkPeriod({ from: time, to: time })
    return sql`day_begins(${time}::date + ${later}::integer, ${ZONE_OF_FIGURES})`
  }
  const moment = parseRfc3339(time)
  if (moment === undefined) throw timeInvalid(parameter, time)
  return sql`${formatRfc3339(moment)}::timestamptz`
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
