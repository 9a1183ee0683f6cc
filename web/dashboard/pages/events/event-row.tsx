import { Anchor, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { CopyField } from '../../../ui/copy-field.tsx'
import { ExactTime } from '../../../ui/exact-time.tsx'
import type { Event } from './query.ts'

/** One event in a line, and all that it holds where one asks for it. */
export function EventRow({ event }: { event: Event }) {
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
            <Text size="sm" c="dimmed" truncate flex="1 1 5rem">
              {who}
            </Text>
            <Text size="sm" c="dimmed">
              <ExactTime at={event.created_at} />
            </Text>
          </Group>
        </Group>
      </UnstyledButton>
      {opened && (
        <Stack gap="xs" pb="sm">
          <Places event={event} />
          <CopyField value={JSON.stringify(event, null, 2)} label="the event" />
        </Stack>
      )}
    </div>
  )
}

/** What the event is about, where that has a page. */
function Places({ event: { agent_id, conversation_id } }: { event: Event }) {
  if (agent_id === null && conversation_id === null) return null
  return (
    <Group gap="md">
      {agent_id !== null && (
        <Anchor
          size="sm"
          renderRoot={props => (
            <Link to="/agents/$agentId" params={{ agentId: agent_id }} search={{}} {...props} />
          )}
        >
          Its agent
        </Anchor>
      )}
      {conversation_id !== null && (
        <Anchor
          size="sm"
          renderRoot={props => (
            <Link
              to="/conversations/$conversationId"
              params={{ conversationId: conversation_id }}
              {...props}
            />
          )}
        >
          Its conversation
        </Anchor>
      )}
    </Group>
  )
}
