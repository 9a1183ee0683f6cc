import { Button, Skeleton, Stack } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { ConversationFilters } from './conversation-filters.tsx'
import { ConversationTable } from './conversation-table.tsx'
import { conversationsQuery } from './query.ts'

const route = getRouteApi('/shell/conversations')

export function ConversationsPage() {
  return (
    <>
      <PageHeader
        title="Conversations"
        description="Your end users and members with your agents, newest first."
      />
      <Permitted permission="agents:read">
        <Conversations />
      </Permitted>
    </>
  )
}

function Conversations() {
  const { organization } = useSession()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/conversations' })
  const conversations = useInfiniteQuery(conversationsQuery(organization.id, search))
  const rows = conversations.data?.pages.flatMap(({ data }) => data) ?? []
  const isFiltered = search.agent_id !== undefined || search.status !== undefined
  return (
    <Stack>
      <ConversationFilters
        search={search}
        onShow={change => void navigate({ search: now => ({ ...now, ...change }) })}
      />
      <ProblemAlert error={conversations.error} onRetry={conversations.refetch} />
      {conversations.isPending && <Skeleton height={320} />}
      {conversations.isSuccess && (
        <Panel>
          {rows.length === 0 ? (
            <EmptyState
              icon={IconMessages}
              title={isFiltered ? 'No conversation fits' : 'No conversation yet'}
            >
              {isFiltered
                ? 'Choose another agent or status, or show all.'
                : 'A conversation begins with an event conversation.started.'}
            </EmptyState>
          ) : (
            <ConversationTable conversations={rows} />
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
