import { expect, test } from 'vitest'
import { checkPeriod } from '../../../src/domains/analytics/period.ts'

test.each([
  ['one day', '2026-03-01', '2026-03-01'],
  ['a leap day', '2024-02-29', '2024-03-01'],
  ['400 days', '2025-01-01', '2026-02-04'],
])('%s is a period', (_what, from, to) => {
  expect(checkPeriod({ from, to })).toEqual({ from, to })
})

test.each([
  ['a day that the calendar does not have', '2026-02-29', '2026-03-01', 'analytics.date_invalid'],
  ['a month that there is not', '2026-13-01', '2026-03-01', 'analytics.date_invalid'],
  ['the year 0', '0000-01-01', '0000-01-02', 'analytics.date_invalid'],
  ['an instant', '2026-03-01T00:00:00Z', '2026-03-02', 'analytics.date_invalid'],
  ['nothing', '', '2026-03-01', 'analytics.date_invalid'],
  ['an end that is no day', '2026-03-01', 'today', 'analytics.date_invalid'],
  ['an end before the start', '2026-03-02', '2026-03-01', 'analytics.period_reversed'],
  ['401 days', '2025-01-01', '2026-02-05', 'analytics.period_too_long'],
])('%s is refused', (_what, from, to, code) => {
  expect(() => checkPeriod({ from, to })).toThrow(expect.objectContaining({ code, kind: 'invalid' }))
})
