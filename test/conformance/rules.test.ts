import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aggregateSql } from './aggregate-sql.ts'
import { ALLOWED, names, readRules } from './rules.ts'

const MAXIMUM = 'test/conformance/maximum-rules.txt'
const [number = '', ...raises] = readFileSync(MAXIMUM, 'utf8').trimEnd().split('\n')
const maximum = Number(number)

test('there are as many deviations from the specification as recorded, no more', () => {
  const { length } = readRules()
  expect(length, `more rules than ${MAXIMUM} allows: meet the specification instead`).toBeLessThanOrEqual(
    maximum,
  )
  expect(length, `fewer rules than before: write the new number into ${MAXIMUM}, so that it stays`).toBe(
    maximum,
  )
})

test('the recorded number of deviations never rose without a reason that stands beside it', context => {
  const recorded = recordedNumbers()
  if (typeof recorded === 'string') {
    console.log(`skipped: ${recorded}`)
    return context.skip(recorded)
  }
  expect(unexplainedRises([...recorded, maximum], raises)).toEqual([])
})

test('a rise is noticed, and one reason explains one rise', () => {
  const reason = 'raised from 49: rules with a wildcard were split into exact ones'
  expect(unexplainedRises([51, 49, 49, 47], [])).toEqual([])
  expect(unexplainedRises([49, 50], [])).toEqual(['49 to 50'])
  expect(unexplainedRises([49, 82, 80], [reason])).toEqual([])
  expect(unexplainedRises([49, 82, 83], [reason])).toEqual(['82 to 83'])
  expect(unexplainedRises([49, 82, 49, 82], [reason])).toEqual(['49 to 82'])
})

test('the check aggregates by the statement of the job', () => {
  const { hooks } = JSON.parse(readFileSync(ALLOWED, 'utf8'))
  expect(hooks.aggregate_sql, 'run `npm run generate`').toEqual([aggregateSql()])
})

test('every rule names one kind of item and one deviation, once, and gives a reason', () => {
  const rules = readRules()
  for (const { item, deviation, reason } of rules) {
    expect(item).toMatch(/^\*?[a-z_]+:./)
    expect(deviation).toMatch(/^[a-z_ ]+: [^*]+$|^[a-z0-9 ]+$/)
    expect(reason.length).toBeGreaterThan(15)
  }
  const named = rules.map(({ item, deviation }) => `${item} / ${deviation}`)
  expect(new Set(named).size).toBe(named.length)
})

test('a rule with a wildcard lists what it covers, and no item is excused twice', () => {
  const excused = readRules().flatMap(rule => {
    if (!rule.item.includes('*')) {
      expect(rule.covers, `${rule.item} covers itself`).toBeUndefined()
      return [`${rule.item} / ${rule.deviation}`]
    }
    const covers = rule.covers ?? []
    expect(covers.length, `${rule.item} needs a wildcard for more than one item`).toBeGreaterThan(1)
    expect(covers.filter(item => !names(rule, item) || item.includes('*'))).toEqual([])
    return covers.map(item => `${item} / ${rule.deviation}`)
  })
  expect(excused.filter((item, index) => excused.indexOf(item) !== index)).toEqual([])
})

/** Every number that was ever committed, the oldest first, or why that cannot be told. */
function recordedNumbers(): number[] | string {
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' })
  const shallow = git('rev-parse', '--is-shallow-repository')
  if (shallow.status !== 0) return 'this is no clone of the repository, so it has no history'
  if (shallow.stdout.trim() === 'true') return 'this clone is shallow and knows no earlier number'
  const log = git('log', '--reverse', '-p', '--format=', '--', MAXIMUM)
  return [...log.stdout.matchAll(/^\+(\d+)$/gm)].map(match => Number(match[1]))
}

function unexplainedRises(history: number[], reasons: string[]): string[] {
  const open = [...reasons]
  return history.flatMap((after, index) => {
    const before = history[index - 1] ?? after
    if (after <= before) return []
    const reason = open.findIndex(line => line.startsWith(`raised from ${before}: `) && line.length > 40)
    if (reason === -1) return [`${before} to ${after}`]
    open.splice(reason, 1)
    return []
  })
}
