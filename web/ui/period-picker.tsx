import { Button, Group, Popover, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendar } from '@tabler/icons-react'
import { useState } from 'react'
import { day } from './format.ts'
import { daysOf, lastDays, MOST_DAYS, type Period } from './period.ts'

const LENGTHS = [7, 30, 90]

/** The last week, month or quarter by one click, or any two days. */
export function PeriodPicker({ period, timeZone, onChange }: PeriodPickerProps) {
  const chosen = LENGTHS.find(length => {
    const last = lastDays(length, timeZone)
    return last.from === period.from && last.to === period.to
  })
  return (
    <Group gap="xs">
      <SegmentedControl
        aria-label="Period"
        value={chosen === undefined ? '' : String(chosen)}
        onChange={length => onChange(lastDays(Number(length), timeZone))}
        data={LENGTHS.map(length => ({ value: String(length), label: `${length} days` }))}
      />
      <FromTo key={`${period.from}/${period.to}`} period={period} onChange={onChange} />
    </Group>
  )
}

type PeriodPickerProps = {
  readonly period: Period
  readonly timeZone: string
  readonly onChange: (period: Period) => void
}

function FromTo({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const [opened, popover] = useDisclosure()
  const [{ from, to }, choose] = useState(period)
  const days = daysOf({ from, to })
  const fault =
    from > to ? 'It begins after its end.' : days > MOST_DAYS ? `At most ${MOST_DAYS} days.` : undefined
  return (
    <Popover opened={opened} onChange={popover.toggle} trapFocus withArrow>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={16} aria-hidden />}
          onClick={popover.toggle}
        >
          {day(period.from)} – {day(period.to)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={event => {
            event.preventDefault()
            if (fault === undefined) onChange({ from, to })
          }}
        >
          <Stack gap="sm">
            <TextInput
              type="date"
              label="First day"
              required
              value={from}
              onChange={({ target }) => choose({ from: target.value, to })}
            />
            <TextInput
              type="date"
              label="Last day"
              required
              value={to}
              error={fault}
              onChange={({ target }) => choose({ from, to: target.value })}
            />
            <Button type="submit">Show</Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
