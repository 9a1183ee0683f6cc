import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { requireAgent } from '../agents/index.ts'
import { readEventBounds } from './event-bounds.ts'
import { conditionOf } from './event-question.ts'
import { limitTime } from './limit-time.ts'
import type { Period } from './period.ts'
import { type AskedPeriod, reportedPeriod } from './reported-period.ts'

export type BusiestHours = Period & {
  readonly time_zone: string
  readonly archivedBefore: string | null
  /** Seven weekdays from Monday on, of 24 hours each, as the clocks of the organization's zone show them. */
  readonly messages: number[][]
}

/** How many messages of an agent fell into which hour of which weekday, counted from its events. */
export async function readBusiestHours(
  tx: TenantTx,
  { agentId, ...asked }: AskedPeriod & { agentId: string },
): Promise<BusiestHours> {
  const { from, to } = await reportedPeriod(tx, asked)
  await requireAgent(tx, agentId)
  const bounds = await readEventBounds(tx, { from, to })
  const question = { agentId, type: 'message.created' }
  const { rows } = await limitTime(tx, () =>
    sql<{ weekday: number; hour: number; messages: number }>`
      SELECT extract(isodow FROM at)::integer AS weekday, extract(hour FROM at)::integer AS hour, count(*) AS messages
      FROM analytics_events CROSS JOIN LATERAL (SELECT created_at AT TIME ZONE ${bounds.timeZone} AS at) AS clock
      WHERE ${conditionOf(tx, question, bounds)}
      GROUP BY weekday, hour`.execute(tx),
  )
  const messages = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const row of rows) (messages[row.weekday - 1] as number[])[row.hour] = row.messages
  return { from, to, time_zone: bounds.timeZone, archivedBefore: bounds.archivedBefore, messages }
}
