import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole } from '../../src/database/transaction.ts'
import { nextRun } from '../../src/jobs/next-run.ts'
import { listRuns } from '../../src/maintenance/list-runs.ts'
import { recordRun } from '../../src/maintenance/record-run.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 3, minute))
const run = (minutes: readonly [number, number], work: () => Promise<unknown>) => {
  const times = [...minutes]
  const now = () => at(times.length > 1 ? (times.shift() ?? 0) : (times[0] ?? 0))
  return recordRun(database.pool, { task: 'mail.prune', now }, work)
}
const last = async () => (await inRole(database.pool, 'tenantry_jobs', listRuns)).get('mail.prune')

test('a run is seen while it lasts, and afterwards with its rows and its end', async () => {
  await run([0, 1], async () => {
    expect(await last()).toMatchObject({ startedAt: at(0), finishedAt: null })
    return 7
  })
  expect(await last()).toEqual({
    startedAt: at(0),
    finishedAt: at(1),
    rows: 7,
    error: null,
    succeededAt: at(1),
  })
})

test('one that fails says why, throws it on, and tells when the last one succeeded', async () => {
  const failing = run([5, 6], async () => {
    throw new Error('the disk is full')
  })
  await expect(failing).rejects.toThrow('the disk is full')
  expect(await last()).toEqual({
    startedAt: at(5),
    finishedAt: at(6),
    rows: null,
    error: 'the disk is full',
    succeededAt: at(1),
  })
})

test.each([
  ['17 3 * * *', '2026-03-02T03:17:00.000Z'],
  ['*/15 * * * *', '2026-03-01T03:30:00.000Z'],
  ['0 0 31 * *', '2026-03-31T00:00:00.000Z'],
])('the next run of %s is told to the minute', (match, expected) => {
  const next = nextRun({ task: 'mail.prune', match }, new Date('2026-03-01T03:17:30Z'))
  expect(next?.toISOString()).toBe(expected)
})
