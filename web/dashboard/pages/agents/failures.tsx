import { Anchor, Code, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../../ui/panel.tsx'
import type { Period } from '../../../ui/period.ts'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'

const FAILURE = 'agent.error'

/** The latest that went wrong, as the product reported it. */
export function Failures({ agentId, period }: { agentId: string; period: Period }) {
  const { organization } = useSession()
  const failures = useQuery({
    queryKey: ['metrics', organization.id, 'failures', agentId, period],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/events', {
          params: {
            path: { organizationId: organization.id },
            query: { ...period, agent_id: agentId, type: FAILURE, limit: '10' },
          },
        }),
      ),
  })
  return (
    <Panel
      title="Latest failures"
      actions={
        <Anchor
          size="sm"
          renderRoot={props => (
            <Link to="/events" search={{ ...period, agent_id: agentId, type: FAILURE }} {...props} />
          )}
        >
          All failures of this agent
        </Anchor>
      }
    >
      <ProblemAlert error={failures.error} onRetry={failures.refetch} />
      {failures.isPending && <Skeleton height={190} />}
      {failures.data?.data.length === 0 && <Text c="dimmed">None in this period.</Text>}
      <Stack gap={0} className="rows">
        {failures.data?.data.map(event => (
          <div key={event.id} style={{ padding: '0.5rem 0' }}>
            <Text size="sm" c="dimmed" component="div">
              <RelativeTime at={event.created_at} />
            </Text>
            <Reason properties={event.properties} />
          </div>
        ))}
      </Stack>
    </Panel>
  )
}

/** In words where the product gave some, else as it was sent. */
function Reason({ properties }: { properties: Record<string, unknown> }) {
  const { message, code, ...others } = properties
  if (typeof message !== 'string' || Object.keys(others).length > 0)
    return <Code style={{ overflowWrap: 'anywhere' }}>{JSON.stringify(properties)}</Code>
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {message} {typeof code === 'string' && <Code>{code}</Code>}
    </Text>
  )
}
