/** How figures are written: short where they are large, and with their unit. A figure that is not there is a dash. */
const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(undefined, options)

const WHOLE = number({ maximumFractionDigits: 0 })
const SHORT = number({ notation: 'compact', maximumFractionDigits: 1 })
const PERCENT = number({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' })
const RATING = number({ minimumFractionDigits: 1, maximumFractionDigits: 2 })
const SECONDS = number({ style: 'unit', unit: 'second', maximumFractionDigits: 1 })

export const NONE = '–'

export const whole = (value: number) => WHOLE.format(value)
export const short = (value: number) => (Math.abs(value) < 10_000 ? WHOLE.format(value) : SHORT.format(value))
export const rating = (value: number | null) => (value === null ? NONE : RATING.format(value))

/** Milliseconds as people read them. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return NONE
  return milliseconds < 1_000 ? `${WHOLE.format(milliseconds)} ms` : SECONDS.format(milliseconds / 1_000)
}

/** The change from before to now, as a share of before; undefined where there is nothing to compare with. */
export function change(now: number | null, before: number | null | undefined): number | undefined {
  return now === null || before === null || before === undefined || before === 0
    ? undefined
    : now / before - 1
}

export const percent = (share: number) => PERCENT.format(share)

/** A day of the organization, written without any zone coming in between. */
export function day(
  date: string,
  options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' },
): string {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString(undefined, { ...options, timeZone: 'UTC' })
}

/** A moment, to the second, by the clocks of a zone. */
export function moment(at: string, timeZone: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium', timeZone })
}
