import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRules } from './rules.ts'

const MAXIMUM = 'test/conformance/maximum-rules.txt'
const maximum = Number(readFileSync(MAXIMUM, 'utf8'))

test('there are as many deviations from the specification as recorded, no more', () => {
  const { length } = readRules()
  expect(length, `more rules than ${MAXIMUM} allows: meet the specification instead`).toBeLessThanOrEqual(
    maximum,
  )
  expect(length, `fewer rules than before: write the new number into ${MAXIMUM}, so that it stays`).toBe(
    maximum,
  )
})

test('the recorded number of deviations has never risen', () => {
  const log = spawnSync('git', ['log', '-p', '--format=', '--', MAXIMUM], { encoding: 'utf8' })
  const earlier = [...(log.stdout ?? '').matchAll(/^\+(\d+)$/gm)].map(match => Number(match[1]))
  expect(maximum).toBeLessThanOrEqual(Math.min(...earlier, maximum))
})

test('every rule names one kind of item and one deviation, once, and gives a reason', () => {
  const rules = readRules()
  for (const { item, deviation, reason } of rules) {
    expect(item).toMatch(/^\*?[a-z_]+:./)
    expect(deviation).toMatch(/^[a-z_ ]+: ./)
    expect(reason.length).toBeGreaterThan(15)
  }
  const named = rules.map(({ item, deviation }) => `${item} / ${deviation}`)
  expect(new Set(named).size).toBe(named.length)
})
