import { ActionIcon, Indicator, Tooltip } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { notificationsQuery } from '../pages/notifications/query.ts'

/** How much is unread, and the way to it. */
export function Bell({ organizationId }: { organizationId: string }) {
  const { data } = useInfiniteQuery(notificationsQuery(organizationId, { unreadOnly: false }))
  const unread = data?.pages[0]?.unread_count ?? 0
  const label = unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`
  return (
    <Tooltip label={label}>
      <Indicator
        disabled={unread === 0}
        label={unread > 99 ? '99+' : unread}
        size={16}
        color="red.8"
        aria-hidden={false}
      >
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
          renderRoot={props => <Link to="/notifications" {...props} />}
        >
          <IconBell size={20} stroke={1.6} color="var(--mantine-color-text)" />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  )
}
