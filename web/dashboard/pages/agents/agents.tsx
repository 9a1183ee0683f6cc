import { Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconRobot } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { whole } from '../../../ui/format.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { lastDays } from '../../../ui/period.ts'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { usePermission, useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { glossaryQuery } from '../overview/query.ts'
import { AgentFilters } from './agent-filters.tsx'
import { AgentTable } from './agent-table.tsx'
import { ColumnsExplained } from './columns-explained.tsx'
import { CreateAgentDialog } from './create-agent-dialog.tsx'
import { type AgentsSearch, agentsQuery } from './query.ts'

const route = getRouteApi('/shell/agents')

export function AgentsPage() {
  const [opened, dialog] = useDisclosure()
  const mayWrite = usePermission('agents:write')
  return (
    <>
      <PageHeader
        title="Agents"
        actions={
          mayWrite && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
              New agent
            </Button>
          )
        }
      />
      <Permitted permission="agents:read">
        <Agents onCreate={mayWrite ? dialog.open : undefined} />
        <CreateAgentDialog opened={opened} onClose={dialog.close} />
      </Permitted>
    </>
  )
}

function Agents({ onCreate }: { onCreate: (() => void) | undefined }) {
  const { organization } = useSession()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/agents' })
  const { data: glossary } = useQuery(glossaryQuery)
  const agents = useInfiniteQuery(agentsQuery(organization.id, search))
  const show = (change: AgentsSearch, { replace = false } = {}) =>
    void navigate({ search: now => ({ ...now, ...change }), replace })
  const period =
    search.from && search.to ? { from: search.from, to: search.to } : lastDays(30, organization.time_zone)
  const rows = agents.data?.pages.flatMap(({ data }) => data) ?? []
  const total = agents.data?.pages[0]?.total ?? 0
  const isFiltered = search.search !== undefined || search.status !== undefined
  return (
    <Stack>
      <AgentFilters search={search} period={period} onShow={show} />
      <ProblemAlert error={agents.error} onRetry={agents.refetch} />
      {agents.isPending && <Skeleton height={320} />}
      {agents.isSuccess && (
        <Panel>
          {rows.length === 0 ? (
            <EmptyState icon={IconRobot} title={isFiltered ? 'No agent fits' : 'No agent yet'}>
              <Text size="sm">
                {isFiltered ? 'Search for another part of the name, or show all.' : BEGINNING}
              </Text>
              {isFiltered && (
                <Button
                  mt="md"
                  variant="default"
                  onClick={() => show({ search: undefined, status: undefined })}
                >
                  Show all
                </Button>
              )}
              {!isFiltered && onCreate && (
                <Button mt="md" onClick={onCreate}>
                  Register the first agent
                </Button>
              )}
            </EmptyState>
          ) : (
            <>
              <Box aria-busy={agents.isPlaceholderData} opacity={agents.isPlaceholderData ? 0.6 : 1}>
                <AgentTable agents={rows} search={search} glossary={glossary} onShow={show} />
              </Box>
              {agents.hasNextPage && (
                <Button
                  variant="subtle"
                  loading={agents.isFetchingNextPage}
                  onClick={() => agents.fetchNextPage()}
                >
                  More
                </Button>
              )}
              <Group justify="space-between" align="flex-start">
                {glossary && <ColumnsExplained glossary={glossary} />}
                <Text size="sm" c="dimmed" role="status">
                  {countOf(rows.length, total)}
                </Text>
              </Group>
            </>
          )}
        </Panel>
      )}
    </Stack>
  )
}

const BEGINNING =
  'An agent is what answers your end users. Members register it here, or your product does with PUT …/agents/{agentId}; then report events about it.'

function countOf(shown: number, total: number): string {
  if (shown < total) return `${whole(shown)} of ${whole(total)} agents`
  return total === 1 ? 'One agent' : `${whole(total)} agents`
}
