import { Anchor, SimpleGrid, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { DayPanel } from '../../../ui/day-panel.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { daysOf, lastDays, MOST_DAYS } from '../../../ui/period.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { BusiestAgents } from './busiest-agents.tsx'
import { FigureCards, ORGANIZATION_DAYS } from './figures.tsx'
import { FirstSteps } from './first-steps.tsx'
import { type Overview, overviewQuery, queryOf } from './query.ts'
import { Today } from './today.tsx'

const route = getRouteApi('/shell/')

export function OverviewPage() {
  const { organization } = useSession()
  const search = route.useSearch()
  const navigate = useNavigate()
  const period =
    search.from && search.to ? { from: search.from, to: search.to } : lastDays(30, organization.time_zone)
  const days = daysOf(period)
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          <>
            Days in{' '}
            <Anchor inherit underline="always" renderRoot={props => <Link to="/settings" {...props} />}>
              {organization.time_zone}
            </Anchor>
            , compared with the {days === 1 ? 'day' : `${days} days`} before
          </>
        }
        actions={
          <PeriodPicker
            period={period}
            timeZone={organization.time_zone}
            onChange={chosen => void navigate({ to: '/', search: chosen })}
          />
        }
      />
      <Permitted permission="metrics:read">
        <Figures organizationId={organization.id} period={search} />
      </Permitted>
    </>
  )
}

function Figures({
  organizationId,
  period,
}: {
  organizationId: string
  period: Parameters<typeof overviewQuery>[1]
}) {
  const { organization } = useSession()
  const overview = useQuery(overviewQuery(organizationId, period))
  // A quiet week is not a beginning: only where nothing at all is known do the first steps help.
  const everything = useQuery({
    ...overviewQuery(organizationId, lastDays(MOST_DAYS, organization.time_zone)),
    enabled: overview.data !== undefined && nothingIn(overview.data),
  })
  if (overview.isError) return <ProblemAlert error={overview.error} onRetry={overview.refetch} />
  if (overview.data === undefined) return <OverviewSkeleton />
  if (nothingIn(overview.data) && everything.isPending) return <OverviewSkeleton />
  if (nothingIn(overview.data) && everything.data && nothingIn(everything.data)) return <FirstSteps />
  const { totals, previous, days, busiest_agents } = overview.data
  return (
    <Stack aria-busy={overview.isPlaceholderData}>
      <Today overview={overview.data} />
      <FigureCards now={totals} before={previous} />
      <DayPanel
        title="By day"
        days={days}
        figures={ORGANIZATION_DAYS}
        csv={`/v1/organizations/${organizationId}/metrics/daily.csv?${new URLSearchParams(queryOf(period))}`}
      />
      <BusiestAgents agents={busiest_agents} period={period} />
    </Stack>
  )
}

function nothingIn({ totals, previous, today }: Overview): boolean {
  return (
    previous === null &&
    totals.messages + totals.conversations + totals.active_users + totals.errors + today.messages === 0
  )
}

function OverviewSkeleton() {
  return (
    <Stack aria-hidden>
      <Skeleton height={56} />
      <SimpleGrid cols={{ base: 2, md: 3, lg: 4 }} spacing={{ base: 'xs', sm: 'md' }}>
        {['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(key => (
          <Skeleton key={key} height={124} />
        ))}
      </SimpleGrid>
      <Skeleton height={360} />
    </Stack>
  )
}
