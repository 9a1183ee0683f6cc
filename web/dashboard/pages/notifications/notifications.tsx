import { Box, Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { NotificationRow } from './notification-row.tsx'
import { notificationsQuery } from './query.ts'

export function NotificationsPage() {
  return (
    <>
      <PageHeader title="Notifications" />
      <Permitted permission="notifications:read">
        <Inbox />
      </Permitted>
    </>
  )
}

function Inbox() {
  const { organization } = useSession()
  const [shown, setShown] = useState('all')
  const queries = useQueryClient()
  const inbox = useInfiniteQuery(notificationsQuery(organization.id, { unreadOnly: shown === 'unread' }))
  const markAll = useMutation({
    mutationFn: () =>
      api.PUT('/v1/organizations/{organizationId}/notifications/reading', {
        params: { path: { organizationId: organization.id } },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  })
  const notifications = inbox.data?.pages.flatMap(({ data }) => data) ?? []
  const unread = inbox.data?.pages[0]?.unread_count ?? 0
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          aria-label="Which"
          value={shown}
          onChange={setShown}
          data={[
            { value: 'all', label: 'All' },
            { value: 'unread', label: unread === 0 ? 'Unread' : `Unread (${unread})` },
          ]}
        />
        <Button
          variant="default"
          disabled={unread === 0}
          loading={markAll.isPending}
          onClick={() => markAll.mutate()}
        >
          Mark all as read
        </Button>
      </Group>
      <ProblemAlert error={inbox.error ?? markAll.error} onRetry={inbox.refetch} />
      {inbox.isPending && <Skeleton height={280} />}
      {inbox.isSuccess && (
        <Panel>
          {notifications.length === 0 ? (
            <EmptyState icon={IconBell} title={shown === 'unread' ? 'All read' : 'Nothing yet'}>
              What happens in your organization and concerns you is told here.
            </EmptyState>
          ) : (
            <Stack gap={0} className="rows" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              {notifications.map(notification => (
                <NotificationRow key={notification.id} notification={notification} />
              ))}
            </Stack>
          )}
          {inbox.hasNextPage && (
            <Box ta="center">
              <Button
                variant="subtle"
                loading={inbox.isFetchingNextPage}
                onClick={() => inbox.fetchNextPage()}
              >
                Older ones
              </Button>
            </Box>
          )}
        </Panel>
      )}
      <Text size="sm" c="dimmed">
        Notifications that you have read are kept for 30 days, unread ones until you read them.
      </Text>
    </Stack>
  )
}
