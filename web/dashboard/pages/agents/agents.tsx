import { Button, Group, SegmentedControl, Skeleton, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconPlus, IconRobot, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { lastDays } from '../../../ui/period.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { useFieldOf } from '../../../ui/use-field-of.ts'
import { usePermission, useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { AgentTable } from './agent-table.tsx'
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
  const navigate = useNavigate()
  const field = useFieldOf(search.search)
  const agents = useInfiniteQuery(agentsQuery(organization.id, search))
  const show = (change: AgentsSearch) =>
    void navigate({ to: '/agents', search: { ...search, ...change }, replace: true })
  const period =
    search.from && search.to ? { from: search.from, to: search.to } : lastDays(30, organization.time_zone)
  const rows = agents.data?.pages.flatMap(({ data }) => data) ?? []
  const isFiltered = search.search !== undefined || search.status !== undefined
  return (
    <Stack>
      <Group gap="sm">
        <TextInput
          aria-label="Search agents by name"
          placeholder="Search by name"
          leftSection={<IconSearch size={16} aria-hidden />}
          {...field}
          onChange={({ target }) => show({ search: target.value || undefined })}
        />
        <SegmentedControl
          aria-label="State"
          value={search.status ?? 'all'}
          onChange={status =>
            show({ status: status === 'all' ? undefined : (status as 'active' | 'inactive') })
          }
          data={[
            { value: 'all', label: 'All' },
            { value: 'active', label: 'Active' },
            { value: 'inactive', label: 'Inactive' },
          ]}
        />
        <PeriodPicker period={period} timeZone={organization.time_zone} onChange={show} />
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={`/v1/organizations/${organization.id}/agents.csv?${new URLSearchParams(period)}`}
        >
          CSV
        </Button>
      </Group>
      <ProblemAlert error={agents.error} onRetry={agents.refetch} />
      {agents.isPending && <Skeleton height={320} />}
      {agents.isSuccess && (
        <Panel>
          {rows.length === 0 ? (
            <EmptyState icon={IconRobot} title={isFiltered ? 'No agent fits' : 'No agent yet'}>
              {isFiltered
                ? 'Search for another part of the name, or show all.'
                : 'An agent is what answers your end users. Register it here, or from your product with PUT …/agents/{agentId}; then report events about it.'}
              {!isFiltered && onCreate && (
                <Button mt="md" onClick={onCreate}>
                  Register the first agent
                </Button>
              )}
            </EmptyState>
          ) : (
            <AgentTable agents={rows} search={search} onShow={show} />
          )}
          {agents.hasNextPage && (
            <Button
              variant="subtle"
              loading={agents.isFetchingNextPage}
              onClick={() => agents.fetchNextPage()}
            >
              More
            </Button>
          )}
        </Panel>
      )}
    </Stack>
  )
}
