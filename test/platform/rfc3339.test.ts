import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRfc3339, parseRfc3339 } from '../../src/platform/rfc3339.ts'

const instants = fc.integer({
  min: Date.UTC(1900, 0, 1) * 1000,
  max: Date.UTC(2150, 0, 1) * 1000,
})

test('every microsecond comes back exactly', () => {
  fc.assert(fc.property(instants, instant => parseRfc3339(formatRfc3339(instant)) === instant))
})

test('an offset moves the instant, not the digits', () => {
  const offset = fc.record({
    sign: fc.constantFrom('+', '-'),
    minutes: fc.integer({ min: 0, max: 23 * 60 + 59 }),
  })
  fc.assert(
    fc.property(instants, offset, (instant, { sign, minutes }) => {
      const shift = (sign === '-' ? -1 : 1) * minutes * 60_000_000
      const local = formatRfc3339(instant + shift).slice(0, -1)
      const zone = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
      expect(parseRfc3339(`${local}${sign}${zone}`)).toBe(instant)
    }),
  )
})

test.each([
  ['2026-11-22T09:30:00Z', Date.UTC(2026, 10, 22, 9, 30) * 1000],
  ['2026-11-22t09:30:00z', Date.UTC(2026, 10, 22, 9, 30) * 1000],
  ['2026-11-22 09:30:00Z', Date.UTC(2026, 10, 22, 9, 30) * 1000],
  ['2026-11-22T09:30:00.5Z', Date.UTC(2026, 10, 22, 9, 30) * 1000 + 500_000],
  ['2026-11-22T09:30:00.000001Z', Date.UTC(2026, 10, 22, 9, 30) * 1000 + 1],
  ['2026-11-22T09:30:00.123456789Z', Date.UTC(2026, 10, 22, 9, 30) * 1000 + 123_456],
  ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1) * 1000],
  ['2017-01-01T05:29:60+05:30', Date.UTC(2017, 0, 1) * 1000],
  ['2016-12-31T15:59:60-08:00', Date.UTC(2017, 0, 1) * 1000],
  ['2024-02-29T00:00:00-00:00', Date.UTC(2024, 1, 29) * 1000],
  ['0001-01-01T00:00:00Z', new Date('0001-01-01T00:00:00Z').getTime() * 1000],
])('%s is an instant', (text, instant) => {
  expect(parseRfc3339(text)).toBe(instant)
})

test.each([
  ['without an offset', '2026-11-22T09:30:00'],
  ['without seconds', '2026-11-22T09:30Z'],
  ['a date', '2026-11-22'],
  ['a leap day in a common year', '2025-02-29T00:00:00Z'],
  ['a leap day in 1900', '1900-02-29T00:00:00Z'],
  ['a 31st of April', '2026-04-31T00:00:00Z'],
  ['a month 13', '2026-13-01T00:00:00Z'],
  ['a day 0', '2026-11-00T00:00:00Z'],
  ['an hour 24', '2026-11-22T24:00:00Z'],
  ['a second 61', '2026-11-22T09:30:61Z'],
  ['a second 60 within a day', '2026-11-22T09:30:60Z'],
  ['a second 60 that ends a day of a zone only', '2016-12-31T23:59:60+01:00'],
  ['an offset of 24 hours', '2026-11-22T09:30:00+24:00'],
  ['an offset without a colon', '2026-11-22T09:30:00+0100'],
  ['a year of five digits', '12026-11-22T09:30:00Z'],
  ['a second line', '2026-11-22T09:30:00Z\n'],
  ['words', 'yesterday'],
])('%s is none', (_, text) => {
  expect(parseRfc3339(text)).toBeUndefined()
})
