import { type ReactNode, use } from 'react'
import { moment } from './format.ts'
import { TimeZone } from './time-zone.ts'

/** A moment by the clocks of the organization. Whoever shows it says somewhere near which zone that is. */
export function ExactTime({ at }: { at: string }): ReactNode {
  return <time dateTime={at}>{moment(at, use(TimeZone))}</time>
}
