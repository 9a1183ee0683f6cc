import { createHash } from 'node:crypto'
import type { EventRow } from './write-events.ts'

/** The figures of every day, by the plainest way there is: the yardstick that the roll-up is held against. */
export function recompute(events: readonly EventRow[], agents: readonly string[]) {
  const byDay = groupBy(events, event => `${event.organization_id} ${event.created_at.slice(0, 10)}`)
  const days = [...byDay].map(([key, ofDay]) => ({
    key,
    total_messages: count(ofDay, 'message.created'),
    total_conversations: count(ofDay, 'conversation.started'),
    total_tokens: total(values(ofDay, 'message.created', 'tokens')),
    unique_users: people(ofDay).size,
    avg_response_time: average(values(ofDay, 'message.created', 'response_time_ms')),
    histogram: histogram(values(ofDay, 'message.created', 'response_time_ms')),
    agent_count: new Set(ofDay.map(event => event.agent_id).filter(Boolean)).size,
    workflow_executions: count(ofDay, 'workflow.executed'),
    error_count: count(ofDay, 'agent.error'),
  }))
  const byAgent = groupBy(
    events.filter(event => agents.includes(event.agent_id ?? '')),
    event => `${event.agent_id} ${event.created_at.slice(0, 10)}`,
  )
  const agentDays = [...byAgent].map(([key, ofAgent]) => ({
    key,
    message_count: count(ofAgent, 'message.created'),
    conversation_count: count(ofAgent, 'conversation.started'),
    total_tokens: total(values(ofAgent, 'message.created', 'tokens')),
    avg_response_time: average(values(ofAgent, 'message.created', 'response_time_ms')),
    histogram: histogram(values(ofAgent, 'message.created', 'response_time_ms')),
    error_count: count(ofAgent, 'agent.error'),
    satisfaction_score: average(values(ofAgent, 'conversation.rated', 'score')),
  }))
  const active = [...byDay].flatMap(([key, ofDay]) => [...people(ofDay)].map(person => `${key} ${person}`))
  return {
    days: days.sort(byKey),
    agentDays: agentDays.sort(byKey),
    active: active.sort(),
    returns: returnsOf(byDay),
  }
}

/** The calendar day that a wall clock of the zone shows. */
export function localDate(instant: Date, timeZone: string): string {
  const format = FORMATS.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone })
  FORMATS.set(timeZone, format)
  return format.format(instant)
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const count = (events: readonly EventRow[], type: string) =>
  events.filter(event => event.event_type === type).length
const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)

/** Rounded half up to two places, as money is: PostgreSQL's numeric does so too. */
const average = (numbers: readonly number[]) =>
  numbers.length === 0
    ? null
    : Math.floor((total(numbers) * 200 + numbers.length) / (2 * numbers.length)) / 100

const values = (events: readonly EventRow[], type: string, property: string) =>
  events
    .filter(event => event.event_type === type)
    .map(event => event.properties?.[property])
    .filter(value => typeof value === 'number')

/** How many values lie in each bucket, the bounds found one after the other. */
function histogram(numbers: readonly number[]): number[] {
  const counts: number[] = []
  for (const number of numbers) {
    let bucket = 0
    for (let bound = 100; bound <= number * 100; bound = Math.floor((bound * 11) / 10)) bucket += 1
    while (counts.length <= bucket) counts.push(0)
    counts[bucket] = (counts[bucket] as number) + 1
  }
  return counts
}

/** For each person's days in order: the day and the one before it, counted. */
function returnsOf(byDay: ReadonlyMap<string, readonly EventRow[]>): string[] {
  const counts = new Map<string, number>()
  const latest = new Map<string, string>()
  for (const [key, ofDay] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [organization, date] = key.split(' ') as [string, string]
    for (const person of people(ofDay)) {
      const line = `${organization} ${date} ${latest.get(`${organization} ${person}`) ?? '-infinity'}`
      counts.set(line, (counts.get(line) ?? 0) + 1)
      latest.set(`${organization} ${person}`, date)
    }
  }
  return [...counts].map(([line, count]) => `${line} ${count}`).sort()
}

function people(events: readonly EventRow[]): Set<string> {
  const names = events.flatMap(({ user_id, end_user_id }) => [
    ...(user_id ? [`m:${user_id}`] : []),
    ...(typeof end_user_id === 'string' ? [`e:${end_user_id}`] : []),
  ])
  return new Set(names.map(name => createHash('sha256').update(name).digest('hex')))
}
