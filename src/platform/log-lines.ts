import type { DestinationStream } from 'pino'

/** Turns each log record into a line for people who watch the terminal; programs get the JSON itself. */
export function linesForPeople(write: (line: string) => void): DestinationStream {
  return {
    write(record) {
      const { time, level, msg, err, ...rest } = JSON.parse(record)
      const values = Object.entries(rest).map(([name, value]) => ` ${name}=${textOf(value)}`)
      const cause = err === undefined ? '' : `\n${err.stack ?? err.message ?? JSON.stringify(err)}`
      write(
        `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${msg ?? ''}${values.join('')}${cause}\n`,
      )
    },
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
