import { queryOptions } from '@tanstack/react-query'
import type { operations } from '../../../../client/index.ts'
import { answer, api } from '../../api.ts'

export type Organization = operations['getOrganization']['responses'][200]['content']['application/json']

export const organizationQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organization', organizationId],
    queryFn: () =>
      answer(api.GET('/v1/organizations/{organizationId}', { params: { path: { organizationId } } })),
  })
