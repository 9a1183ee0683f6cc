import { Group, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { CopyField } from '../../../ui/copy-field.tsx'
import type { Event } from './query.ts'

/** One event in a line, and all that it holds where one asks for it. */
export function EventRow({ event, timeZone }: { event: Event; timeZone: string }) {
  const [opened, { toggle }] = useDisclosure()
  const Arrow = opened ? IconChevronDown : IconChevronRight
  const who = event.end_user_id ?? event.user_id
  return (
    <div>
      <UnstyledButton w="100%" py="xs" onClick={toggle} aria-expanded={opened}>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Arrow size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
          <Group gap="0 0.6rem" style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
              {event.event_type}
            </Text>
            {who !== null && (
              <Text size="sm" c="dimmed" truncate maw="60%">
                {who}
              </Text>
            )}
          </Group>
          <Text size="sm" c="dimmed" component="time" dateTime={event.created_at} style={{ flexShrink: 0 }}>
            {new Date(event.created_at).toLocaleString(undefined, {
              dateStyle: 'short',
              timeStyle: 'medium',
              timeZone,
            })}
          </Text>
        </Group>
      </UnstyledButton>
      {opened && <CopyField value={JSON.stringify(event, null, 2)} label="the event" />}
    </div>
  )
}
