import { parseRfc3339 } from '../../platform/rfc3339.ts'
import { instantInvalid } from './errors.ts'

/** The instant that a question names; what is none is refused. */
export function parseInstant(parameter: string, text: string): Date {
  const microseconds = parseRfc3339(text)
  if (microseconds === undefined) throw instantInvalid(parameter, text)
  return new Date(microseconds / 1_000)
}
