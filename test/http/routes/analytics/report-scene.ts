import { v7 as uuidv7 } from 'uuid'
import { inTenant } from '../../../../src/database/transaction.ts'
import { rollUpDay } from '../../../../src/domains/analytics/index.ts'
import { type EventRow, writeEvents } from '../../../domains/analytics/write-events.ts'
import type { Cast } from '../../../support/cast.ts'
import type { TestDatabase } from '../../../support/database.ts'

/** The noon at which every report of these tests is read. */
export const NOW = new Date('2026-03-20T12:00:00Z')

/** A second agent of acme, which fails now and then; a third does nothing. */
export const CLUMSY = 'ac000000-0000-4000-8000-0000000000b2'
export const IDLE = 'ac000000-0000-4000-8000-0000000000b3'

/** Forty days of events of both organizations, up to noon of today, written and rolled up; given are those of acme. */
export async function writeForty(database: TestDatabase, cast: Cast): Promise<EventRow[]> {
  for (const [id, name] of [
    [CLUMSY, 'Clumsy'],
    [IDLE, 'idle'],
  ])
    await database.admin.query('INSERT INTO agents (id, organization_id, name) VALUES ($1, $2, $3)', [
      id,
      cast.acme.id,
      name,
    ])
  const days = Array.from({ length: 40 }, (_, back) => new Date(NOW.getTime() - back * 24 * 3_600_000))
  const events = days.flatMap((day, back) => eventsOf(day, back, cast.acme.id, [cast.acme.agent.id, CLUMSY]))
  const others = days.flatMap((day, back) => eventsOf(day, back, cast.globex.id, [cast.globex.agent.id]))
  await database.admin.query(
    'SELECT ensure_event_partition(month::timestamptz) FROM unnest($1::text[]) AS month',
    [['2026-02-01', '2026-03-01']],
  )
  await writeEvents(database.admin, [...events, ...others])
  for (const { id } of [cast.acme, cast.globex])
    for (const day of days)
      await inTenant(
        database.pool,
        id,
        tx => rollUpDay(tx, { date: day.toISOString().slice(0, 10) }),
        'tenantry_jobs',
      )
  return events
}

/** Some events of the twelve hours before; some days are busy, every seventh has none. */
function eventsOf(day: Date, back: number, organizationId: string, agents: readonly string[]): EventRow[] {
  const event = (n: number, event_type: string, more: Partial<EventRow> = {}): EventRow => {
    const at = day.getTime() - ((n * 7919) % 43_000) * 1000
    return {
      id: uuidv7({ msecs: at, seq: n }),
      organization_id: organizationId,
      event_type,
      created_at: new Date(at).toISOString(),
      agent_id: agents[n % agents.length] ?? null,
      end_user_id: `visitor-${(back * 3 + n) % 17}`,
      ...more,
    }
  }
  if (back % 7 === 5) return []
  return Array.from({ length: 6 + (back % 9) }, (_, n) => [
    event(10 * n, 'message.created', {
      properties: { tokens: 10 + n, response_time_ms: 100 + ((n * 977 + back * 131) % 4000) },
    }),
    ...(n % 3 === 0 ? [event(10 * n + 1, 'conversation.started')] : []),
    ...(n % 4 === 0 ? [event(10 * n + 2, 'conversation.rated', { properties: { score: 1 + (n % 5) } })] : []),
    ...(n % 5 === 1 ? [event(10 * n + 3, 'agent.error', { properties: { code: `E${n}` } })] : []),
    ...(n % 6 === 0 ? [event(10 * n + 4, 'workflow.executed', { agent_id: null })] : []),
  ]).flat()
}

/** The events from the first to the last day (UTC). */
export const within = (events: readonly EventRow[], from: string, to: string) =>
  events.filter(({ created_at }) => created_at.slice(0, 10) >= from && created_at.slice(0, 10) <= to)
