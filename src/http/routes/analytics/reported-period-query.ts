import { Type } from 'typebox'
import { MOST_DAYS } from '../../../domains/analytics/index.ts'

/** The days that a report is about; what is wrong with them is said by the domain. */
export const REPORTED_PERIOD = {
  from: Type.Optional(
    Type.String({
      format: 'date',
      description:
        "The first day in the organization's zone, YYYY-MM-DD; 29 days before `to` where it is left out.",
    }),
  ),
  to: Type.Optional(
    Type.String({
      format: 'date',
      description: `The last day, included; today where it is left out. At most ${MOST_DAYS} days in all.`,
    }),
  ),
}
