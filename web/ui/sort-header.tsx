import { Table, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'

/** The head of a column by which a table is sorted, or can be. */
export function SortHeader({ label, hint, order, align = 'right', visibleFrom, onSort }: SortHeaderProps) {
  const Arrow = order === 'asc' ? IconChevronUp : IconChevronDown
  return (
    <Table.Th
      ta={align}
      aria-sort={order === undefined ? 'none' : order === 'asc' ? 'ascending' : 'descending'}
      {...(visibleFrom && { visibleFrom })}
    >
      <UnstyledButton onClick={onSort} title={hint}>
        <Text span size="sm" fw={600} pos="relative">
          {label}
          {order !== undefined && (
            // In the space between columns, so that the words stand straight above the figures.
            <Arrow
              size={14}
              aria-hidden
              style={{ position: 'absolute', bottom: 2, [align === 'right' ? 'right' : 'left']: '100%' }}
            />
          )}
        </Text>
      </UnstyledButton>
    </Table.Th>
  )
}

type SortHeaderProps = {
  readonly label: string
  /** How what stands below is computed, for whoever points; whoever cannot finds it elsewhere on the page. */
  readonly hint?: string | undefined
  readonly order: 'asc' | 'desc' | undefined
  readonly align?: 'left' | 'right'
  readonly visibleFrom?: 'sm' | 'md' | 'lg'
  readonly onSort: () => void
}
