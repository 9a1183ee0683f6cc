import { Group, Table, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'

/** The head of a column by which a table is sorted, or can be. */
export function SortHeader({ label, hint, order, align = 'right', visibleFrom, onSort }: SortHeaderProps) {
  const Arrow = order === 'asc' ? IconChevronUp : IconChevronDown
  return (
    <Table.Th
      aria-sort={order === undefined ? 'none' : order === 'asc' ? 'ascending' : 'descending'}
      {...(visibleFrom && { visibleFrom })}
    >
      <UnstyledButton onClick={onSort} w="100%" title={hint}>
        <Group gap={2} justify={align === 'right' ? 'flex-end' : 'flex-start'} wrap="nowrap">
          <Text size="sm" fw={600}>
            {label}
          </Text>
          <Arrow
            size={14}
            aria-hidden
            style={{ visibility: order === undefined ? 'hidden' : 'visible', flexShrink: 0 }}
          />
        </Group>
      </UnstyledButton>
    </Table.Th>
  )
}

type SortHeaderProps = {
  readonly label: string
  /** How what stands below is computed. */
  readonly hint?: string | undefined
  readonly order: 'asc' | 'desc' | undefined
  readonly align?: 'left' | 'right'
  readonly visibleFrom?: 'sm' | 'md' | 'lg'
  readonly onSort: () => void
}
