import { Anchor, Badge, Button, Group, Skeleton, Stack, Table, TextInput } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { NONE } from '../../../ui/format.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { useFieldOf } from '../../../ui/use-field-of.ts'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { conversationsQuery } from './query.ts'

const route = getRouteApi('/shell/conversations')

export function ConversationsPage() {
  return (
    <>
      <PageHeader title="Conversations" description="Between your end users and your agents, newest first." />
      <Permitted permission="agents:read">
        <Conversations />
      </Permitted>
    </>
  )
}

function Conversations() {
  const { organization } = useSession()
  const search = route.useSearch()
  const navigate = useNavigate()
  const field = useFieldOf(search.status)
  const conversations = useInfiniteQuery(conversationsQuery(organization.id, search))
  const rows = conversations.data?.pages.flatMap(({ data }) => data) ?? []
  const isFiltered = search.agent_id !== undefined || search.status !== undefined
  return (
    <Stack>
      <form
        onSubmit={event => {
          event.preventDefault()
          const status = String(new FormData(event.currentTarget).get('status')).trim()
          void navigate({ to: '/conversations', search: { ...search, status: status || undefined } })
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput name="status" label="Status" placeholder="active" {...field} />
          <Button type="submit" variant="light">
            Filter
          </Button>
          {isFiltered && (
            <Button
              variant="subtle"
              renderRoot={props => <Link to="/conversations" search={{}} {...props} />}
            >
              Show all
            </Button>
          )}
        </Group>
      </form>
      <ProblemAlert error={conversations.error} onRetry={conversations.refetch} />
      {conversations.isPending && <Skeleton height={320} />}
      {conversations.isSuccess && (
        <Panel>
          {rows.length === 0 ? (
            <EmptyState
              icon={IconMessages}
              title={isFiltered ? 'No conversation fits' : 'No conversation yet'}
            >
              A conversation begins with an event conversation.started.
            </EmptyState>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>With</Table.Th>
                  <Table.Th visibleFrom="sm">About</Table.Th>
                  <Table.Th>Status</Table.Th>
                  <Table.Th ta="right">Began</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(conversation => (
                  <Table.Tr key={conversation.id}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      <Anchor
                        underline="always"
                        renderRoot={props => (
                          <Link
                            to="/conversations/$conversationId"
                            params={{ conversationId: conversation.id }}
                            {...props}
                          />
                        )}
                      >
                        {conversation.end_user_id ?? conversation.title ?? 'Somebody'}
                      </Anchor>
                    </Table.Td>
                    <Table.Td visibleFrom="sm">{conversation.title ?? NONE}</Table.Td>
                    <Table.Td>
                      <Badge variant="light" c="var(--mantine-color-text)">
                        {conversation.status}
                      </Badge>
                    </Table.Td>
                    <Table.Td ta="right">
                      {conversation.started_at === null ? (
                        NONE
                      ) : (
                        <RelativeTime at={conversation.started_at} />
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
          {conversations.hasNextPage && (
            <Button
              variant="subtle"
              loading={conversations.isFetchingNextPage}
              onClick={() => conversations.fetchNextPage()}
            >
              Older ones
            </Button>
          )}
        </Panel>
      )}
    </Stack>
  )
}
