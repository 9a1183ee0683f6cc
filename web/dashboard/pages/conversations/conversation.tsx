import { Anchor, Button, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { NotShown } from '../../../ui/not-shown.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { usePermission, useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { eventDaysOf } from './event-days.ts'
import { Facts } from './facts.tsx'
import { Messages } from './messages.tsx'
import { conversationQuery, titleOf } from './query.ts'

const route = getRouteApi('/shell/conversations/$conversationId')

export function ConversationPage() {
  return (
    <>
      <Anchor size="sm" renderRoot={props => <Link to="/conversations" search={{}} {...props} />}>
        All conversations
      </Anchor>
      <Permitted permission="agents:read" title="Conversation">
        <Conversation />
      </Permitted>
    </>
  )
}

function Conversation() {
  const { organization } = useSession()
  const { conversationId } = route.useParams()
  const mayReadEvents = usePermission('events:read')
  const { data, error, isPending, refetch } = useQuery(conversationQuery(organization.id, conversationId))
  const title = data === undefined ? 'Conversation' : titleOf(data)
  return (
    <>
      <PageHeader
        // Mounted anew when the title is known: a screen reader then says it.
        key={title}
        title={title}
        actions={
          data !== undefined &&
          mayReadEvents && (
            <Button
              variant="default"
              renderRoot={props => (
                <Link
                  to="/events"
                  search={{
                    ...eventDaysOf(data, organization.time_zone, new Date()),
                    conversation_id: conversationId,
                  }}
                  {...props}
                />
              )}
            >
              Its events
            </Button>
          )
        }
      />
      <NotShown what="conversation" error={error} onRetry={refetch} />
      {isPending && <Skeleton height={420} />}
      {data !== undefined && (
        <Stack>
          <Facts conversation={data} />
          <Messages conversationId={conversationId} />
        </Stack>
      )}
    </>
  )
}
