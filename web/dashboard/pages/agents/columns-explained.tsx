import { Button, Collapse, DataList } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import type { Glossary } from '../overview/query.ts'
import { COLUMNS } from './query.ts'

/** How each figure of the table is computed, in words that need no pointer. */
export function ColumnsExplained({ glossary }: { glossary: Glossary }) {
  const [opened, { toggle }] = useDisclosure()
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconInfoCircle size={16} aria-hidden />}
        aria-expanded={opened}
        onClick={toggle}
      >
        What the columns mean
      </Button>
      <Collapse expanded={opened}>
        <DataList mt="sm">
          {COLUMNS.map(({ sort, label }) => (
            <DataList.Item key={sort}>
              <DataList.ItemLabel>{label}</DataList.ItemLabel>
              <DataList.ItemValue>{glossary[sort].how}</DataList.ItemValue>
            </DataList.Item>
          ))}
        </DataList>
      </Collapse>
    </div>
  )
}
