import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { operations } from '../../../../client/index.ts'
import type { PeriodSearch } from '../../../ui/period.ts'
import { answer, api } from '../../api.ts'

export type Overview = operations['getOverview']['responses'][200]['content']['application/json']
export type Glossary = operations['getMetricsGlossary']['responses'][200]['content']['application/json']
export type Figure = keyof Glossary

/** Begins with `metrics`, so that live updates reach it. */
export const overviewQuery = (organizationId: string, period: PeriodSearch) =>
  queryOptions({
    queryKey: ['metrics', organizationId, 'overview', period],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/overview', {
          params: { path: { organizationId }, query: queryOf(period) },
        }),
      ),
    placeholderData: keepPreviousData,
  })

/** How each figure is computed; the same for as long as the server runs. */
export const glossaryQuery = queryOptions({
  queryKey: ['glossary'],
  queryFn: () => answer(api.GET('/v1/metrics-glossary')),
  staleTime: Number.POSITIVE_INFINITY,
})

export const queryOf = ({ from, to }: PeriodSearch) =>
  from === undefined || to === undefined ? {} : { from, to }
