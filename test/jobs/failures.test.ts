import { expect, test } from 'vitest'
import { trackFailures } from '../../src/jobs/failures.ts'
import { ERROR, writtenLog } from './written-log.ts'

test('an outage that the parts of a worker notice one after another is said once, a later one again', () => {
  const { log, lines } = writtenLog()
  let now = 0
  const failures = trackFailures(log, () => now)
  const cut = Object.assign(new Error('terminating connection'), { code: '57P01' })
  const errors = () => lines.filter(({ level }) => level === ERROR).length
  failures.failed('the queue', cut)
  failures.succeeded('looking for dirty days')
  now += 200
  failures.failed('the heartbeat', cut)
  failures.succeeded('the queue')
  expect(errors()).toBe(1)
  now += 60_000
  failures.failed('the queue', cut)
  expect(errors()).toBe(2)
})
