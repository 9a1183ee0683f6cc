import { Anchor, Box, Button, Skeleton, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'

const route = getRouteApi('/shell/conversations/$conversationId')

/** What was said, the latest first. */
export function ConversationPage() {
  const { organization } = useSession()
  const { conversationId } = route.useParams()
  const messages = useInfiniteQuery({
    queryKey: ['conversations', organization.id, 'messages', conversationId],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/organizations/{organizationId}/conversations/{conversationId}/messages', {
          params: {
            path: { organizationId: organization.id, conversationId },
            query: pageParam === null ? {} : { cursor: pageParam },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next_cursor,
  })
  const rows = messages.data?.pages.flatMap(({ data }) => data) ?? []
  return (
    <>
      <Anchor size="sm" renderRoot={props => <Link to="/conversations" search={{}} {...props} />}>
        All conversations
      </Anchor>
      <PageHeader title="Conversation" description="The latest message first." />
      <Stack>
        <ProblemAlert error={messages.error} onRetry={messages.refetch} />
        {messages.isPending && <Skeleton height={320} />}
        {messages.isSuccess && (
          <Panel>
            {rows.length === 0 && (
              <Text c="dimmed">
                What was said is not kept here: your product reports that messages happened, not what they
                say.
              </Text>
            )}
            <Stack gap={0} className="rows">
              {rows.map(message => (
                <Box key={`${message.created_at} ${message.id}`} py="sm">
                  <Text size="sm" c="dimmed" component="div">
                    {message.role ?? 'somebody'}
                    {' · '}
                    <RelativeTime at={message.created_at} />
                  </Text>
                  <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{message.content}</Text>
                </Box>
              ))}
            </Stack>
            {messages.hasNextPage && (
              <Button
                variant="subtle"
                loading={messages.isFetchingNextPage}
                onClick={() => messages.fetchNextPage()}
              >
                Earlier ones
              </Button>
            )}
          </Panel>
        )}
      </Stack>
    </>
  )
}
