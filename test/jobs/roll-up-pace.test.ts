import { expect, test } from 'vitest'
import type { RollUp } from '../../src/domains/analytics/index.ts'
import { RollUpPace } from '../../src/jobs/roll-up-pace.ts'

const day = (n: number) => ({ organizationId: `organization ${n}`, date: '2026-11-22' })

function atRest() {
  let now = 1_000
  const pace = new RollUpPace(() => now)
  return {
    pace,
    pass: (ms: number) => {
      now += ms
    },
    rollUp: (n: number, tookMs: number, done: RollUp = 'recomputed') =>
      pace.measure(day(n), async () => {
        now += tookMs
        return done
      }),
  }
}

test('a day that was never rolled up is due, whatever the others cost', async () => {
  const { pace, rollUp } = atRest()
  await rollUp(1, 60_000)
  expect(pace.due([day(1), day(2)])).toEqual([day(2)])
})

test('a day rests four times as long as it took', async () => {
  const { pace, pass, rollUp } = atRest()
  await rollUp(1, 100)
  pass(399)
  expect(pace.due([day(1)])).toEqual([])
  pass(1)
  expect(pace.due([day(1)])).toEqual([day(1)])
})

test('of many busy days each rests for the work of all of them', async () => {
  const { pace, pass, rollUp } = atRest()
  for (let n = 0; n < 10; n++) await rollUp(n, 50)
  pass(1_549) // day 0 ended 450 ms before day 9
  expect(pace.due([day(0), day(1)])).toEqual([])
  pass(451)
  expect(pace.due([day(9)])).toEqual([day(9)])
})

test('no day rests for longer than ten seconds', async () => {
  const { pace, pass, rollUp } = atRest()
  for (let n = 0; n < 10; n++) await rollUp(n, 5_000)
  pass(10_000)
  expect(pace.due([day(9)])).toEqual([day(9)])
})

test('a day to which figures were added rests for a second at most, however much is done', async () => {
  const { pace, pass, rollUp } = atRest()
  await rollUp(1, 5_000)
  await rollUp(2, 10, 'added')
  pass(999)
  expect(pace.due([day(1), day(2)])).toEqual([])
  pass(1)
  expect(pace.due([day(1), day(2)])).toEqual([day(2)])
})

test('a day whose roll-up failed rests like any other', async () => {
  const { pace, pass } = atRest()
  await expect(pace.measure(day(1), () => Promise.reject(new Error('the database is gone')))).rejects.toThrow(
    'gone',
  )
  pass(1)
  expect(pace.due([day(1)])).toEqual([day(1)])
})
