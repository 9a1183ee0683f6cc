import { Box, Button, Skeleton, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ExactTime } from '../../../ui/exact-time.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { useSession } from '../../session.ts'
import { messagesQuery } from './query.ts'

/** What was said, to be read downwards; the server gives the latest first. */
export function Messages({ conversationId }: { conversationId: string }) {
  const { organization } = useSession()
  const messages = useInfiniteQuery(messagesQuery(organization.id, conversationId))
  const rows = messages.data?.pages.flatMap(({ data }) => data).toReversed() ?? []
  return (
    <>
      <ProblemAlert error={messages.error} onRetry={messages.refetch} />
      {messages.isPending && <Skeleton height={320} />}
      {messages.isSuccess && (
        <Panel title="What was said">
          {messages.hasNextPage && (
            <Button
              variant="subtle"
              loading={messages.isFetchingNextPage}
              onClick={() => messages.fetchNextPage()}
            >
              Earlier ones
            </Button>
          )}
          {rows.length === 0 && (
            <Text c="dimmed">
              This is not kept here: your product reports that messages happened, not what they say.
            </Text>
          )}
          <Stack gap={0} className="rows">
            {rows.map(message => (
              <Box key={`${message.created_at} ${message.id}`} py="sm">
                <Text size="sm" c="dimmed" component="div">
                  <Text span inherit fw={600} c="var(--mantine-color-text)">
                    {message.role ?? 'somebody'}
                  </Text>
                  {' · '}
                  <ExactTime at={message.created_at} />
                </Text>
                <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{message.content}</Text>
              </Box>
            ))}
          </Stack>
        </Panel>
      )}
    </>
  )
}
