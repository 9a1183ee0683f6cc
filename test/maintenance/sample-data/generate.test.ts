import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { EventRow } from '../../../src/maintenance/sample-data/batch.ts'
import { generateSample } from '../../../src/maintenance/sample-data/generate.ts'
import { makeOrganizations } from '../../../src/maintenance/sample-data/organization.ts'
import { type SampleInput, SCALES } from '../../../src/maintenance/sample-data/scale.ts'
import { TINY } from './tiny-scale.ts'

function digest(input: SampleInput): string {
  const hash = createHash('sha256')
  for (const batch of generateSample(input)) hash.update(JSON.stringify(batch))
  return hash.digest('hex')
}

function eventsOf(input: SampleInput): EventRow[] {
  return [...generateSample(input)].flatMap(batch => (batch.table === 'analytics_events' ? batch.rows : []))
}

const count = <K>(keys: readonly K[]) =>
  keys.reduce((counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1), new Map<K, number>())

test('the same seed at the same time gives the same bytes, another seed others', () => {
  expect(digest(TINY)).toBe(digest(TINY))
  expect(digest({ ...TINY, seed: 8 })).not.toBe(digest(TINY))
})

test('later on the same day it is the same history, told further', () => {
  const [earlier, later] = [eventsOf(TINY), eventsOf({ ...TINY, now: new Date('2026-03-19T22:00:00Z') })]
  const told = new Set(later.map(event => JSON.stringify(event)))
  expect(earlier.filter(event => !told.has(JSON.stringify(event)))).toEqual([])
  expect(later.length).toBeGreaterThan(earlier.length)
})

test('nothing lies in the future, nor before the ninety days that events are kept', () => {
  const times = eventsOf(TINY)
    .map(({ created_at: time }) => time)
    .sort()
  expect(times[0]).toMatch(/^2025-12-2/)
  expect(times.filter(time => time < '2025-12-20' || time > TINY.now.toISOString())).toEqual([])
})

test('it looks like use: few organizations are large, offices rest at weekends, some answers fail', () => {
  const input = { ...TINY, scale: { organizations: 9, largest: 30 } }
  const events = eventsOf(input)
  const organizations = makeOrganizations(input)
  const messages = events.filter(({ event_type }) => event_type === 'message.created')

  const bySize = count(messages.map(message => message.organization_id))
  const [largest, , , , median] = organizations.map(({ id }) => bySize.get(id) ?? 0).sort((a, b) => b - a)
  expect(largest).toBeGreaterThan(4 * (median ?? 0))

  const office = organizations.find(({ industry }) => industry === 'software')
  const weekdays = count(
    messages
      .filter(({ organization_id }) => organization_id === office?.id)
      .map(({ created_at }) => new Date(created_at).getUTCDay()),
  )
  expect(weekdays.get(3)).toBeGreaterThan(3 * (weekdays.get(0) ?? 0))

  const growing = messages.filter(({ organization_id }) => organization_id === organizations[0]?.id)
  const between = (from: string, to: string) =>
    growing.filter(({ created_at: time }) => time >= from && time < to).length
  expect(between('2026-02-16', '2026-03-16')).toBeGreaterThan(1.3 * between('2025-12-22', '2026-01-19'))

  const failed = events.filter(({ event_type }) => event_type === 'agent.error').length / messages.length
  expect(failed).toBeGreaterThan(0.002)
  expect(failed).toBeLessThan(0.05)
})

test('what members are told of an agent is found in its figures', () => {
  const batches = [...generateSample({ ...TINY, scale: SCALES.small })]
  const agents = new Set(
    batches.flatMap(({ table, rows }) => (table === 'agents' ? rows.map(({ id }) => `/agents/${id}`) : [])),
  )
  const alarms = batches.flatMap(({ table, rows }) =>
    table === 'notifications' ? rows.filter(({ category }) => category === 'agents') : [],
  )
  expect(new Set(alarms.map(({ type }) => type))).toEqual(
    new Set(['agent.errors_increased', 'agent.rating_dropped']),
  )
  expect(alarms.filter(({ link }) => !agents.has(String(link)))).toEqual([])

  const hourOf = (time: unknown) => String(time).slice(0, 13)
  const errors = count(
    batches
      .flatMap(({ table, rows }) => (table === 'analytics_events' ? rows : []))
      .filter(({ event_type }) => event_type === 'agent.error')
      .map(({ agent_id, created_at }) => `/agents/${agent_id} ${hourOf(created_at)}`),
  )
  for (const { type, link, message, created_at } of alarms) {
    if (type !== 'agent.errors_increased') continue
    const before = new Date(Date.parse(String(created_at)) - 3_600_000).toISOString()
    expect(message).toMatch(new RegExp(`^${errors.get(`${link} ${hourOf(before)}`)} of its answers failed`))
  }
})

test('every scale has its organizations, each with a subdomain of its own', () => {
  for (const scale of Object.values(SCALES)) {
    const organizations = makeOrganizations({ ...TINY, scale })
    expect(new Set(organizations.map(({ subdomain }) => subdomain)).size).toBe(scale.organizations)
  }
})
