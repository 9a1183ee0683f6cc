import { Box, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { type Activity, activityQuery } from './query.ts'

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
  const navigate = useNavigate()
  const log = useInfiniteQuery(activityQuery(organization.id, search))
  const entries = log.data?.pages.flatMap(({ data }) => data) ?? []
  const asked = new URLSearchParams(
    search.action_type === undefined ? {} : { action_type: search.action_type },
  )
  return (
    <Stack>
      <form
        // Drawn anew when the address changes, so that the field says what is shown.
        key={search.action_type}
        onSubmit={event => {
          event.preventDefault()
          const action = String(new FormData(event.currentTarget).get('action')).trim()
          void navigate({ to: '/activity', search: { action_type: action || undefined } })
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            name="action"
            label="Action"
            placeholder="agent.registered"
            defaultValue={search.action_type}
          />
          <Button type="submit" variant="light">
            Filter
          </Button>
          {search.action_type !== undefined && (
            <Button variant="subtle" renderRoot={props => <Link to="/activity" search={{}} {...props} />}>
              Show all
            </Button>
          )}
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            href={`/v1/organizations/${organization.id}/activity.csv?${asked}`}
          >
            CSV
          </Button>
        </Group>
      </form>
      <ProblemAlert error={log.error} onRetry={log.refetch} />
      {log.isPending && <Skeleton height={320} />}
      {log.isSuccess && (
        <Panel>
          {entries.length === 0 ? (
            <EmptyState icon={IconHistory} title="Nothing was done">
              {search.action_type === undefined
                ? 'What members change in the organization is listed here.'
                : 'Look for another action, or show all.'}
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

function Entry({ entry }: { entry: Activity }) {
  return (
    <Box py="sm">
      <Text style={{ overflowWrap: 'anywhere' }}>
        <Text span fw={600}>
          {entry.actor_name}
        </Text>{' '}
        {entry.action_type}
        {entry.resource_name !== null && <> · {entry.resource_name}</>}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <RelativeTime at={entry.created_at} />
        {entry.ip_address !== null && ` · from ${entry.ip_address}`}
      </Text>
    </Box>
  )
}
