import { Tooltip } from '@mantine/core'
import { use } from 'react'
import { moment } from './format.ts'
import { TimeZone } from './time-zone.ts'

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** "3 hours ago", with the exact time where one points or touches. */
export function RelativeTime({ at }: { at: string }) {
  const timeZone = use(TimeZone)
  return (
    <Tooltip
      label={`${moment(at, timeZone)} (${timeZone})`}
      events={{ hover: true, focus: true, touch: true }}
    >
      <time dateTime={at}>{relative(new Date(at), new Date())}</time>
    </Tooltip>
  )
}

export function relative(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000)
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length)
  return unit === undefined ? 'just now' : format.format(Math.trunc(seconds / unit[1]), unit[0])
}
