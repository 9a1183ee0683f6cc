import { Badge } from '@mantine/core'

/** The status of a conversation, whole and as it is written. What is over is grey. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge
      variant="light"
      color={status === 'active' ? 'indigo' : 'gray'}
      c="var(--mantine-color-text)"
      tt="none"
      miw="max-content"
    >
      {status}
    </Badge>
  )
}
