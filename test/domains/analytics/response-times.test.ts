import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { percentiles } from '../../../src/domains/analytics/index.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

async function histogramOf(times: readonly number[]): Promise<number[]> {
  const { rows } = await db.admin.query(
    'SELECT histogram_of(array_agg(response_time_bucket(ms))) AS histogram FROM unnest($1::numeric[]) AS ms',
    [times],
  )
  return rows[0].histogram
}

test('a percentile is off by a tenth at most, or by a millisecond', async () => {
  const time = fc.oneof(
    fc.integer({ min: 0, max: 86_400_000 }),
    fc.integer({ min: 0, max: 100_000 }).map(hundredths => hundredths / 100),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(time, { minLength: 1, maxLength: 200 }), async times => {
      const sorted = [...times].sort((one, other) => one - other)
      const found = percentiles(await histogramOf(times))
      for (const [name, part] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const) {
        const exact = sorted[Math.ceil(part * sorted.length) - 1] as number
        expect(Math.abs((found[name] as number) - exact)).toBeLessThanOrEqual(Math.max(1, exact * 0.1))
      }
    }),
    { numRuns: 60 },
  )
})

test('there are no percentiles of nothing', () => {
  expect(percentiles([])).toEqual({ p50: null, p95: null, p99: null })
})

test('no bucket is wider than a tenth of its values, up to a whole day', async () => {
  const { rows } = await db.admin.query(
    `SELECT max(hundredths) / 100.0 AS last, max((next - hundredths)::numeric / hundredths) AS widest
     FROM (
       SELECT hundredths, lead(hundredths) OVER (ORDER BY hundredths) AS next
       FROM (
         SELECT min(hundredths) AS hundredths FROM generate_series(100, 2000000) AS hundredths
         GROUP BY response_time_bucket(hundredths / 100.0)
       ) AS bucket
     ) AS bucket`,
  )
  expect(Number(rows[0].widest)).toBeLessThanOrEqual(0.1)
  const { rows: ends } = await db.admin.query(
    'SELECT response_time_bucket(0) AS first, response_time_bucket(86400000) AS last',
  )
  expect(ends[0].first).toBe(0)
  expect(percentiles([...Array(ends[0].last).fill(0), 1]).p50).toBeGreaterThan(78_000_000)
})

test('histograms of any lengths add up bucket by bucket', async () => {
  const lists = fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(lists, async histograms => {
      const { rows } = await db.admin.query(
        `SELECT sum_arrays(histogram) AS sum FROM (
           SELECT ARRAY(SELECT jsonb_array_elements_text(one)::integer) AS histogram FROM jsonb_array_elements($1) AS one
         ) AS given`,
        [JSON.stringify(histograms)],
      )
      const length = Math.max(0, ...histograms.map(one => one.length))
      expect(rows[0].sum ?? []).toEqual(
        Array.from({ length }, (_, n) => histograms.reduce((sum, one) => sum + (one[n] ?? 0), 0)),
      )
    }),
    { numRuns: 40 },
  )
})
