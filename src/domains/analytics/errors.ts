import { AppError } from '../../platform/errors.ts'

export const overloaded = () =>
  new AppError(
    'analytics.overloaded',
    'unavailable',
    'Events arrive faster than they can be stored. Nothing of this request was stored; send it again in a second.',
    { retry_after_seconds: 1 },
  )

/** The one refusal of events that does not say "nothing was stored": the answer to COMMIT never came. */
export const outcomeUnknown = (cause: unknown) =>
  new AppError(
    'analytics.outcome_unknown',
    'unavailable',
    'The connection to the database broke at the last moment: the events may or may not be stored. Send them again with the same ids; none is counted twice.',
    { retry_after_seconds: 1 },
    { cause },
  )
