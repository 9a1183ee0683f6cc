import { Button, Group, Select, Skeleton, Stack } from '@mantine/core'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { DEEDS } from './deeds.ts'
import { Entry } from './entry.tsx'
import { activityQuery } from './query.ts'

const route = getRouteApi('/shell/activity')

export function ActivityPage() {
  return (
    <>
      <PageHeader title="Activity" description="Who changed what, the archive of earlier years included." />
      <Permitted permission="activity:read">
        <Log />
      </Permitted>
    </>
  )
}

function Log() {
  const { organization } = useSession()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/activity' })
  const log = useInfiniteQuery(activityQuery(organization.id, search))
  const entries = log.data?.pages.flatMap(({ data }) => data) ?? []
  const asked = new URLSearchParams(
    search.action_type === undefined ? {} : { action_type: search.action_type },
  )
  return (
    <Stack>
      <Group align="flex-end" gap="sm">
        <Select
          label="What was done"
          placeholder="Anything"
          searchable
          clearable
          data={choicesWith(search.action_type)}
          value={search.action_type ?? null}
          onChange={action => void navigate({ search: { action_type: action ?? undefined } })}
        />
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={`/v1/organizations/${organization.id}/activity.csv?${asked}`}
        >
          CSV
        </Button>
      </Group>
      <ProblemAlert error={log.error} onRetry={log.refetch} />
      {log.isPending && <Skeleton height={320} />}
      {log.isSuccess && (
        <Panel>
          {entries.length === 0 ? (
            <EmptyState
              icon={IconHistory}
              title={search.action_type === undefined ? 'Nothing was done yet' : 'This was never done'}
            >
              {search.action_type === undefined
                ? 'What members change in the organization is listed here.'
                : 'Choose something else, or anything.'}
            </EmptyState>
          ) : (
            <Stack gap={0} className="rows">
              {entries.map(entry => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </Stack>
          )}
          {log.hasNextPage && (
            <Button variant="subtle" loading={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
              Earlier ones
            </Button>
          )}
        </Panel>
      )}
    </Stack>
  )
}

/** An action that no word is known for may stand in the address all the same. */
const choicesWith = (action: string | undefined) =>
  Object.entries({ ...(action !== undefined && { [action]: action }), ...DEEDS }).map(([value, label]) => ({
    value,
    label,
  }))
