import { Anchor, Badge, Group, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { duration, rating, short, whole } from '../../../ui/format.ts'
import { SortHeader } from '../../../ui/sort-header.tsx'
import { Sparkline } from '../../../ui/sparkline.tsx'
import { glossaryQuery } from '../overview/query.ts'
import { type AgentRow, type AgentsSearch, COLUMNS, type Sort } from './query.ts'

/** Agents with their figures. Narrow screens keep the name, the messages and what they are sorted by. */
export function AgentTable({ agents, search, onShow }: AgentTableProps) {
  const { data: glossary } = useQuery(glossaryQuery)
  const { sort = 'messages', order = 'desc', from, to } = search
  const head = (column: Sort) => ({
    order: column === sort ? order : undefined,
    onSort: () =>
      onShow({
        sort: column,
        order:
          column === sort && order === 'desc' ? 'asc' : column === 'name' && column !== sort ? 'asc' : 'desc',
      }),
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
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {agents.map(agent => (
          <Table.Tr key={agent.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Group gap="xs">
                <Anchor
                  underline="always"
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
                {!agent.is_active && (
                  <Badge variant="light" color="gray" c="var(--mantine-color-text)">
                    inactive
                  </Badge>
                )}
              </Group>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Sparkline values={agent.daily_messages} />
            </Table.Td>
            {COLUMNS.map(({ sort: column }) => (
              <Table.Td key={column} ta="right" title={exactOf(agent, column)} {...shown(column)}>
                {textOf(agent, column)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

type Column = (typeof COLUMNS)[number]['sort']

function textOf(agent: AgentRow, column: Column): string {
  if (column === 'satisfaction') return rating(agent.satisfaction)
  if (column === 'p50_response_time' || column === 'p95_response_time') return duration(agent[column])
  return short(agent[column])
}

const exactOf = (agent: AgentRow, column: Column) =>
  agent[column] === null ? undefined : whole(agent[column])

type AgentTableProps = {
  readonly agents: readonly AgentRow[]
  readonly search: AgentsSearch
  readonly onShow: (change: AgentsSearch) => void
}
