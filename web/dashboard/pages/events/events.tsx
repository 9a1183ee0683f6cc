import { Alert, Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconDownload, IconTimelineEvent } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ExactTime } from '../../../ui/exact-time.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { lastDays } from '../../../ui/period.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { EventFilters } from './event-filters.tsx'
import { EventRow } from './event-row.tsx'
import { type EventsSearch, eventsQuery, FILTERS, filtersOf } from './query.ts'

const route = getRouteApi('/shell/events')

export function EventsPage() {
  const { organization } = useSession()
  return (
    <>
      <PageHeader
        title="Events"
        description={`Everything that your product has reported, newest first. Times in ${organization.time_zone}.`}
      />
      <Permitted permission="events:read">
        <Events />
      </Permitted>
    </>
  )
}

function Events() {
  const { organization } = useSession()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/events' })
  const show = (change: EventsSearch) => void navigate({ search: now => ({ ...now, ...change }) })
  const period =
    search.from && search.to ? { from: search.from, to: search.to } : lastDays(30, organization.time_zone)
  const asked = { ...search, ...period }
  const events = useInfiniteQuery(eventsQuery(organization.id, asked))
  const first = events.data?.pages[0]
  const rows = events.data?.pages.flatMap(({ data }) => data) ?? []
  const isFiltered = FILTERS.some(filter => search[filter] !== undefined)
  const exported = new URLSearchParams(
    Object.entries(filtersOf(asked)).flatMap(([name, value]) =>
      [value].flat().map(each => [name, String(each)]),
    ),
  )
  return (
    <Stack>
      <Group gap="sm" justify="space-between">
        <PeriodPicker period={period} timeZone={organization.time_zone} onChange={show} />
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={`/v1/organizations/${organization.id}/events.csv?${exported}`}
        >
          CSV of all that fit
        </Button>
      </Group>
      <EventFilters search={search} onShow={show} />
      <ProblemAlert error={events.error} onRetry={events.refetch} />
      {first?.archived_before != null && period.from < first.archived_before.slice(0, 10) && (
        <Alert color="yellow" c="var(--mantine-color-text)">
          Events before <ExactTime at={first.archived_before} /> are archived and missing here.{' '}
          {first.archive_hint}
        </Alert>
      )}
      {events.isPending && <Skeleton height={420} />}
      {events.isSuccess && (
        <Panel>
          {rows.length === 0 ? (
            <EmptyState
              icon={IconTimelineEvent}
              title={isFiltered ? 'No event fits' : 'No event in this period'}
            >
              {isFiltered
                ? 'Choose a longer period, or take a filter away.'
                : 'Your product reports events with an API key; the overview has a first one to copy. If it did before, choose a longer period.'}
            </EmptyState>
          ) : (
            <Stack
              gap={0}
              className="rows"
              aria-busy={events.isPlaceholderData}
              opacity={events.isPlaceholderData ? 0.6 : 1}
            >
              {rows.map(event => (
                <EventRow key={event.id} event={event} />
              ))}
            </Stack>
          )}
          {events.hasNextPage && (
            <Button
              variant="subtle"
              loading={events.isFetchingNextPage}
              onClick={() => events.fetchNextPage()}
            >
              Older ones
            </Button>
          )}
        </Panel>
      )}
    </Stack>
  )
}
