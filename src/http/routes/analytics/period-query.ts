import { Type } from 'typebox'
import { MOST_DAYS } from '../../../domains/analytics/index.ts'

/** The days that a question is about; what is wrong with them is said by the domain. */
export const PeriodQuery = Type.Object(
  {
    from: Type.String({ format: 'date', description: 'The first day (UTC), YYYY-MM-DD.' }),
    to: Type.String({
      format: 'date',
      description: `The last day (UTC), YYYY-MM-DD, included; at most ${MOST_DAYS} days in all.`,
    }),
  },
  { additionalProperties: false },
)
