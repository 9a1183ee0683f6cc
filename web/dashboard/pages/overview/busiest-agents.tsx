import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { duration, rating, short, whole } from '../../../ui/format.ts'
import { Panel } from '../../../ui/panel.tsx'
import type { PeriodSearch } from '../../../ui/period.ts'
import type { Overview } from './query.ts'

export function BusiestAgents({
  agents,
  period,
}: {
  agents: Overview['busiest_agents']
  period: PeriodSearch
}) {
  return (
    <Panel
      title="Busiest agents"
      description="Those with the most messages in the period. The figures are computed like those above."
    >
      {agents.length === 0 ? (
        <Text c="dimmed">No agent did anything in this period.</Text>
      ) : (
        <Table.ScrollContainer minWidth={0} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Agent</Table.Th>
                <Table.Th ta="right">Messages</Table.Th>
                <Table.Th ta="right" visibleFrom="sm">
                  Conversations
                </Table.Th>
                <Table.Th ta="right" visibleFrom="sm">
                  Response time
                </Table.Th>
                <Table.Th ta="right" visibleFrom="sm">
                  Satisfaction
                </Table.Th>
                <Table.Th ta="right">Errors</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {agents.map(agent => (
                <Table.Tr key={agent.id}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    <Anchor
                      underline="always"
                      renderRoot={props => (
                        <Link
                          to="/agents/$agentId"
                          params={{ agentId: agent.id }}
                          search={period}
                          {...props}
                        />
                      )}
                    >
                      {agent.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td ta="right" title={whole(agent.messages)}>
                    {short(agent.messages)}
                  </Table.Td>
                  <Table.Td ta="right" visibleFrom="sm">
                    {short(agent.conversations)}
                  </Table.Td>
                  <Table.Td ta="right" visibleFrom="sm">
                    {duration(agent.avg_response_time)}
                  </Table.Td>
                  <Table.Td ta="right" visibleFrom="sm">
                    {rating(agent.satisfaction)}
                  </Table.Td>
                  <Table.Td ta="right">{short(agent.errors)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  )
}
