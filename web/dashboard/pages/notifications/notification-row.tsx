import { Anchor, Box, Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { operations } from '../../../../client/index.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'

export type Notification =
  operations['listNotifications']['responses'][200]['content']['application/json']['data'][number]

export function NotificationRow({ notification }: { notification: Notification }) {
  const { organization } = useSession()
  const queries = useQueryClient()
  const mark = useMutation({
    mutationFn: (asRead: boolean) => {
      const request = {
        params: { path: { organizationId: organization.id, notificationId: notification.id } },
      }
      const path = '/v1/organizations/{organizationId}/notifications/{notificationId}/reading' as const
      return asRead ? api.PUT(path, request) : api.DELETE(path, request)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  })
  // Shown at once; what the server says afterwards counts.
  const isRead = mark.isPending ? mark.variables : notification.is_read
  return (
    <Box component="li" py="sm">
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <Group gap="xs" align="flex-start" wrap="nowrap" miw={0}>
          <Box
            mt={8}
            w={8}
            h={8}
            style={{ borderRadius: 4, flexShrink: 0 }}
            bg={isRead ? 'transparent' : 'var(--mantine-primary-color-filled)'}
            role={isRead ? undefined : 'img'}
            aria-label={isRead ? undefined : 'Unread'}
          />
          <Box miw={0}>
            <Text fw={isRead ? 400 : 600} style={{ overflowWrap: 'anywhere' }}>
              {notification.link === null ? (
                notification.title
              ) : (
                <Anchor
                  inherit
                  c="inherit"
                  underline="always"
                  onClick={() => mark.mutate(true)}
                  renderRoot={props => <Link to={notification.link ?? '/'} {...props} />}
                >
                  {notification.title}
                </Anchor>
              )}
            </Text>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {notification.message}
            </Text>
            <Text size="sm" c="dimmed">
              <RelativeTime at={notification.created_at} />
            </Text>
          </Box>
        </Group>
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ flexShrink: 0 }}
          aria-label={`Mark “${notification.title}” as ${isRead ? 'unread' : 'read'}`}
          onClick={() => mark.mutate(!isRead)}
        >
          {isRead ? 'Mark unread' : 'Mark read'}
        </Button>
      </Group>
    </Box>
  )
}
