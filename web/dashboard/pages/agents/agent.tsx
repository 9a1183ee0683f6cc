import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { CopyField } from '../../../ui/copy-field.tsx'
import { DayPanel } from '../../../ui/day-panel.tsx'
import { NotShown } from '../../../ui/not-shown.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { lastDays, type PeriodSearch } from '../../../ui/period.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { usePermission, useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { AGENT_DAYS, FigureCards } from '../overview/figures.tsx'
import { AgentActions } from './agent-actions.tsx'
import { BusiestHours } from './busiest-hours.tsx'
import { Failures } from './failures.tsx'
import { type AgentReport, agentQuery } from './query.ts'

const route = getRouteApi('/shell/agents/$agentId')

export function AgentPage() {
  return (
    <>
      <AllAgents />
      <Permitted permission="metrics:read" title="Agent">
        <Agent />
      </Permitted>
    </>
  )
}

function AllAgents() {
  const search = route.useSearch()
  return (
    <Anchor size="sm" renderRoot={props => <Link to="/agents" search={search} {...props} />}>
      All agents
    </Anchor>
  )
}

function Agent() {
  const { organization } = useSession()
  const { agentId } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const mayReadEvents = usePermission('events:read')
  const agent = useQuery(agentQuery(organization.id, agentId, search))
  const period =
    search.from && search.to ? { from: search.from, to: search.to } : lastDays(30, organization.time_zone)
  return (
    <>
      <PageHeader
        // Mounted anew when the name is known: a screen reader then says it.
        key={agent.data?.name ?? ''}
        title={agent.data?.name ?? 'Agent'}
        description={agent.data && <Places agent={agent.data} period={search} />}
        actions={
          <Group gap="xs">
            <PeriodPicker
              period={period}
              timeZone={organization.time_zone}
              onChange={chosen =>
                void navigate({ to: '/agents/$agentId', params: { agentId }, search: chosen })
              }
            />
            {agent.data && <AgentActions agent={agent.data} />}
          </Group>
        }
      />
      <NotShown what="agent" error={agent.error} onRetry={agent.refetch} />
      {agent.isPending && <Skeleton height={420} />}
      {agent.data && (
        <Stack>
          <FigureCards now={agent.data.totals} before={agent.data.previous} />
          <DayPanel title="By day" days={agent.data.days} figures={AGENT_DAYS} />
          <BusiestHours agentId={agentId} period={search} />
          {mayReadEvents && <Failures agentId={agentId} period={period} />}
          <Panel title="For your product">
            <Text size="sm">Events about this agent name it as their agent_id:</Text>
            <CopyField value={agentId} label="agent_id" />
          </Panel>
        </Stack>
      )}
    </>
  )
}

/** Whether it is at work, and where to see what it does. */
function Places({ agent, period }: { agent: AgentReport; period: PeriodSearch }) {
  const search = { agent_id: agent.id }
  const mayReadEvents = usePermission('events:read')
  return (
    <Text span size="sm">
      {agent.is_active ? 'Active' : 'Inactive'} ·{' '}
      <Anchor inherit renderRoot={props => <Link to="/conversations" search={search} {...props} />}>
        Conversations
      </Anchor>
      {mayReadEvents && (
        <>
          {' · '}
          <Anchor
            inherit
            renderRoot={props => <Link to="/events" search={{ ...period, ...search }} {...props} />}
          >
            Events
          </Anchor>
        </>
      )}
    </Text>
  )
}
