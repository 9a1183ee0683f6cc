import type { CSSProperties } from 'react'
import classes from './hour-table.module.css'
import { WEEKDAYS } from './weekdays.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** A week by its hours, each cell shaded by its number, or with the number itself. */
export function HourTable({ messages, hasNumbers }: HourTableProps) {
  const most = Math.max(1, ...messages.flat())
  const number = hasNumbers ? undefined : classes.quiet
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by the keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Messages by weekday and hour">
      <table className={hasNumbers ? `${classes.hours} ${classes.numbers}` : classes.hours}>
        <thead>
          <tr>
            <td className={classes.days} />
            {HOURS.map(hour => (
              <th key={hour} scope="col">
                {hasNumbers || hour % 3 === 0 ? hour : <span className={classes.quiet}>{hour}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {messages.map((counts, weekday) => (
            <tr key={WEEKDAYS[weekday]}>
              <th scope="row">{WEEKDAYS[weekday]?.slice(0, 3)}</th>
              {HOURS.map(hour => {
                const count = counts[hour] ?? 0
                return (
                  <td
                    key={hour}
                    title={`${WEEKDAYS[weekday]}, ${hour} to ${hour + 1} o’clock: ${count}`}
                    style={{ '--share': count / most } as CSSProperties}
                  >
                    <span className={number}>{count}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type HourTableProps = {
  /** Seven days from Monday on, 24 counts each. */
  readonly messages: readonly (readonly number[])[]
  readonly hasNumbers: boolean
}
