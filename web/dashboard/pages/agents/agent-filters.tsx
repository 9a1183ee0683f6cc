import { Button, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import type { Period } from '../../../ui/period.ts'
import { PeriodPicker } from '../../../ui/period-picker.tsx'
import { useAskingField } from '../../../ui/use-asking-field.ts'
import { useSession } from '../../session.ts'
import { type AgentsSearch, COLUMNS, type Sort, sortedBy } from './query.ts'

/** Which agents are shown, of which days; and in which order, where the heads of the columns do not fit. */
export function AgentFilters({ search, period, onShow }: AgentFiltersProps) {
  const { organization } = useSession()
  const field = useAskingField(search.search, text =>
    onShow({ search: text || undefined }, { replace: true }),
  )
  return (
    <Group gap="sm">
      <TextInput
        aria-label="Search agents by name"
        placeholder="Search by name"
        leftSection={<IconSearch size={16} aria-hidden />}
        flex={{ base: '1 0 100%', sm: '0 1 12rem' }}
        {...field}
      />
      <SegmentedControl
        aria-label="State"
        value={search.status ?? 'all'}
        onChange={status => onShow({ status: STATES.find(state => state === status) })}
        data={[
          { value: 'all', label: 'All' },
          { value: 'active', label: 'Active' },
          { value: 'inactive', label: 'Inactive' },
        ]}
      />
      <PeriodPicker period={period} timeZone={organization.time_zone} onChange={onShow} />
      <NativeSelect
        hiddenFrom="md"
        aria-label="Sort by"
        value={search.sort ?? 'messages'}
        onChange={({ target }) => onShow(sortedBy(SORTS.find(sort => sort === target.value) ?? 'messages'))}
        data={SORTS.map(sort => ({ value: sort, label: `By ${labelOf(sort)}` }))}
      />
      <Button
        component="a"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        href={`/v1/organizations/${organization.id}/agents.csv?${new URLSearchParams(period)}`}
      >
        CSV of all
      </Button>
    </Group>
  )
}

const STATES = ['active', 'inactive'] as const

const SORTS: readonly Sort[] = [...COLUMNS.map(({ sort }) => sort), 'name']

const labelOf = (sort: Sort) => COLUMNS.find(column => column.sort === sort)?.label.toLowerCase() ?? 'name'

type AgentFiltersProps = {
  readonly search: AgentsSearch
  readonly period: Period
  readonly onShow: (change: AgentsSearch, how?: { replace: boolean }) => void
}
