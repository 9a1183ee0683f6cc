import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { NONE } from '../../../ui/format.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { type ConversationRow, partnerIn, titleOf } from './query.ts'
import { StatusBadge } from './status-badge.tsx'

/** Conversations in a line each; narrow screens put below what they are called with whom and when they were. */
export function ConversationTable({ conversations }: { conversations: readonly ConversationRow[] }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>About</Table.Th>
          <Table.Th visibleFrom="sm">With</Table.Th>
          <Table.Th visibleFrom="md">Agent</Table.Th>
          <Table.Th visibleFrom="sm">Status</Table.Th>
          <Table.Th visibleFrom="sm" ta="right">
            Began
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {conversations.map(conversation => (
          <Table.Tr key={conversation.id}>
            <Table.Td style={WRAPPED}>
              <Anchor
                underline="always"
                lineClamp={3}
                renderRoot={props => (
                  <Link
                    to="/conversations/$conversationId"
                    params={{ conversationId: conversation.id }}
                    {...props}
                  />
                )}
              >
                {titleOf(conversation)}
              </Anchor>
              <Text size="sm" c="dimmed" hiddenFrom="sm" component="div" lineClamp={3}>
                {partnerIn(conversation)} · {conversation.status} · <Began at={conversation.started_at} />
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm" style={WRAPPED}>
              <Text size="sm" lineClamp={3}>
                {partnerIn(conversation)}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="md" style={WRAPPED}>
              <Text size="sm" lineClamp={3}>
                {conversation.agent_name ?? NONE}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <StatusBadge status={conversation.status} />
            </Table.Td>
            <Table.Td visibleFrom="sm" ta="right" style={{ whiteSpace: 'nowrap' }}>
              <Began at={conversation.started_at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const WRAPPED = { overflowWrap: 'anywhere' } as const

const Began = ({ at }: { at: string | null }) => (at === null ? NONE : <RelativeTime at={at} />)
