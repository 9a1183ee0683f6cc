import { Anchor, Badge, Group, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { duration, rating, short, whole } from '../../../ui/format.ts'
import { SortHeader } from '../../../ui/sort-header.tsx'
import { Sparkline } from '../../../ui/sparkline.tsx'
import { usePermission } from '../../session.ts'
import type { Glossary } from '../overview/query.ts'
import { ActivationSwitch } from './activation-switch.tsx'
import { type AgentRow, type AgentsSearch, COLUMNS, type Sort, sortedBy } from './query.ts'

/** Agents with their figures. Narrow screens keep the name, the messages and what they are sorted by. */
export function AgentTable({ agents, search, glossary, onShow }: AgentTableProps) {
  const mayWrite = usePermission('agents:write')
  const { sort = 'messages', order = 'desc', from, to } = search
  const head = (column: Sort) => ({
    order: column === sort ? order : undefined,
    onSort: () => onShow(column === sort ? { order: OPPOSITE[order] } : sortedBy(column)),
  })
  const shown = (column: Sort) =>
    column === 'messages' || column === sort ? {} : { visibleFrom: 'md' as const }
  return (
    <Table verticalSpacing="sm" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <SortHeader label="Agent" align="left" {...head('name')} />
          <Table.Th visibleFrom="sm">
            <Text size="sm" fw={600}>
              By day
            </Text>
          </Table.Th>
          {COLUMNS.map(({ sort: column, label }) => (
            <SortHeader
              key={column}
              label={label}
              hint={glossary?.[column].how}
              {...head(column)}
              {...shown(column)}
            />
          ))}
          {mayWrite && <Table.Th ta="right">Active</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {agents.map(agent => (
          <Table.Tr key={agent.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Group gap="xs">
                <Anchor
                  underline="always"
                  lineClamp={3}
                  renderRoot={props => (
                    <Link
                      to="/agents/$agentId"
                      params={{ agentId: agent.id }}
                      search={{ from, to }}
                      {...props}
                    />
                  )}
                >
                  {agent.name}
                </Anchor>
                {!mayWrite && !agent.is_active && (
                  <Badge variant="light" color="gray" c="var(--mantine-color-text)" tt="none">
                    inactive
                  </Badge>
                )}
              </Group>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Sparkline values={agent.daily_messages} />
            </Table.Td>
            {COLUMNS.map(({ sort: column }) => (
              <Table.Td
                key={column}
                ta="right"
                style={{ whiteSpace: 'nowrap' }}
                title={exactOf(agent, column)}
                {...shown(column)}
              >
                {textOf(agent, column)}
              </Table.Td>
            ))}
            {mayWrite && (
              <Table.Td>
                <ActivationSwitch agent={agent} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const OPPOSITE = { asc: 'desc', desc: 'asc' } as const

type Column = (typeof COLUMNS)[number]['sort']

function textOf(agent: AgentRow, column: Column): string {
  if (column === 'satisfaction') return rating(agent.satisfaction)
  if (column === 'p50_response_time' || column === 'p95_response_time') return duration(agent[column])
  return short(agent[column])
}

/** Of counts alone: nothing else is shortened. */
function exactOf(agent: AgentRow, column: Column): string | undefined {
  if (column === 'satisfaction' || column === 'p50_response_time' || column === 'p95_response_time')
    return undefined
  return whole(agent[column])
}

type AgentTableProps = {
  readonly agents: readonly AgentRow[]
  readonly search: AgentsSearch
  readonly glossary: Glossary | undefined
  readonly onShow: (change: AgentsSearch) => void
}
