import type { TenantTx } from '../../database/transaction.ts'
import { ADD_FIGURES } from './add-figures.ts'
import { followTimeZone } from './follow-time-zone.ts'
import { lockMetrics } from './lock-metrics.ts'
import { RECOMPUTE_DAY } from './recompute-day.ts'

/** What was done: figures of markers were added, the day was recomputed from its events, or it is sealed and was left. */
export type RollUp = 'added' | 'recomputed' | 'sealed'

/**
 * Leaves the metrics of one day of the organization equal to its events as of this transaction, whatever else runs at the
 * same time. A day without events has no row, an agent that no longer exists has none. A sealed day is left as it is.
 *
 * Why no event is missed and none counted twice. An event and its marker are written by one statement, so that every
 * snapshot sees both or neither; and only roll-ups take markers away, one after the other in an organization (the lock).
 * Call an event *counted* when its marker is gone. Each transaction here keeps "the figures are those of the counted
 * events", by one of two statements, each with one snapshot:
 *
 * - Where no marker of the day lacks figures, {@link ADD_FIGURES} deletes markers and adds exactly what the rows deleted
 *   say. These rows stand for the events that become counted with it.
 * - Otherwise {@link RECOMPUTE_DAY} deletes all markers that its snapshot sees, and counts all events that the same
 *   snapshot sees: the events that were counted before and those whose markers go now, and no other. An event that
 *   commits later keeps its marker, and is added to figures that do not hold it yet.
 *
 * Events that are deleted leave a marker without figures in the transaction that deletes them (a trigger), so the day is
 * recomputed; a marker with the figures of an event that is gone by then is taken by that recomputation and adds nothing.
 * A marker without figures that commits between the look for one and the adding stays, and the next pass recomputes.
 *
 * Writers never wait, a late event is an event like any other, and a crash undoes figures and deletion together.
 */
export async function rollUpDay(tx: TenantTx, { date }: { date: string }): Promise<RollUp> {
  const day = await takeDay(tx, date)
  if (day === undefined) return 'sealed'
  return day.isInDoubt ? recompute(tx, day) : add(tx, day)
}

/** As {@link rollUpDay}, but from the events whatever the markers say: what is stored is not relied upon. */
export async function recomputeDay(tx: TenantTx, { date }: { date: string }): Promise<RollUp> {
  const day = await takeDay(tx, date)
  return day === undefined ? 'sealed' : recompute(tx, day)
}

type Day = {
  readonly date: string
  readonly begins: string
  readonly ends: string
  readonly markersBegin: string
  /** Whether a marker without figures is there. */
  readonly isInDoubt: boolean
}

/** The day in the organization's zone, which nobody else writes from here on; undefined: it is sealed. */
async function takeDay(tx: TenantTx, date: string): Promise<Day | undefined> {
  await lockMetrics(tx)
  await followTimeZone(tx)
  const { rows } = await tx.client.query<Day>({
    name: 'analytics find day',
    text: FIND_DAY,
    values: [tx.organizationId, date],
  })
  return rows[0]
}

const FIND_DAY = `
  SELECT $2::date::text AS date, begins::text, ends::text, markers_begin::text AS "markersBegin", EXISTS (
    SELECT FROM rollup_dirty
    WHERE organization_id = $1::uuid AND bucket >= markers_begin AND bucket < ends AND messages IS NULL
  ) AS "isInDoubt"
  FROM metrics_day($1::uuid, $2::date) WHERE begins IS NOT NULL`

async function add(tx: TenantTx, day: Day): Promise<RollUp> {
  // Named, so that a connection plans it once: most roll-ups add a handful of rows.
  await tx.client.query({ name: 'analytics add figures', text: ADD_FIGURES, values: valuesOf(tx, day) })
  return 'added'
}

async function recompute(tx: TenantTx, day: Day): Promise<RollUp> {
  // A day's people are compared with those of the last time by hash, never each with each, however few the planner
  // expects. It adds 10^10 to the cost of the loops that remain: were jit on, a day of four events would take 7.4 s.
  await tx.client.query('SET LOCAL enable_nestloop = off')
  await tx.client.query({ text: RECOMPUTE_DAY, values: valuesOf(tx, day) })
  return 'recomputed'
}

const valuesOf = (tx: TenantTx, { date, begins, ends, markersBegin }: Day) => [
  tx.organizationId,
  date,
  begins,
  ends,
  markersBegin,
]
