import { Button, Group, NativeSelect, SegmentedControl, Table } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { DayChart } from './day-chart.tsx'
import { day, NONE } from './format.ts'
import { Panel } from './panel.tsx'

/** A figure by day, one of several, as a chart and, where one wants the numbers, as a table. */
export function DayPanel<Day extends { date: string }>({ title, days, figures, csv }: DayPanelProps<Day>) {
  const [chosen, choose] = useState(figures[0]?.label)
  const [isTable, setTable] = useState(false)
  const figure = figures.find(({ label }) => label === chosen) ?? figures[0]
  if (figure === undefined) return null
  const labels = figures.map(({ label }) => label)
  const points = days.map(each => ({ date: each.date, value: figure.of(each) }))
  return (
    <Panel
      title={title}
      actions={
        <Group gap="xs">
          <Button variant="default" size="xs" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? 'Show the chart' : 'Show the numbers'}
          </Button>
          {csv !== undefined && (
            <Button
              component="a"
              href={csv}
              variant="default"
              size="xs"
              leftSection={<IconDownload size={14} aria-hidden />}
            >
              CSV
            </Button>
          )}
        </Group>
      }
    >
      {/* Where they do not fit side by side, those beyond the edge would not be found. */}
      <NativeSelect
        hiddenFrom="md"
        aria-label="Figure"
        value={figure.label}
        onChange={({ target }) => choose(target.value)}
        data={labels}
      />
      <Group visibleFrom="md">
        <SegmentedControl
          aria-label="Figure"
          size="xs"
          value={figure.label}
          onChange={choose}
          data={labels}
        />
      </Group>
      {isTable ? (
        <Table.ScrollContainer minWidth={200} maxHeight={320} scrollAreaProps={REACHABLE}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Day</Table.Th>
                <Table.Th ta="right">{figure.label}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {points.toReversed().map(({ date, value }) => (
                <Table.Tr key={date}>
                  <Table.Td>
                    {day(date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })}
                  </Table.Td>
                  <Table.Td ta="right">{value === null ? NONE : figure.format(value)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        <DayChart days={points} format={figure.format} />
      )}
    </Panel>
  )
}

/** What scrolls has to be reached by the keyboard. */
const REACHABLE = {
  viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Figures by day' },
} as const

type DayPanelProps<Day> = {
  readonly title: string
  /** Where every figure by day is had as a file. */
  readonly csv?: string | undefined
  readonly days: readonly Day[]
  readonly figures: readonly {
    readonly label: string
    readonly of: (day: Day) => number | null
    readonly format: (value: number) => string
  }[]
}
