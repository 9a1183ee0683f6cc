import { Button, Group, Popover, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendar } from '@tabler/icons-react'
import { useState } from 'react'
import { day } from './format.ts'
import { daysOf, lastDays, lastMonth, MOST_DAYS, type Period, thisMonth } from './period.ts'

const LENGTHS = [7, 30, 90]

/** The last 7, 30 or 90 days by one click, this month or the last by two, or any two days. */
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
      <FromTo period={period} timeZone={timeZone} onChange={onChange} />
    </Group>
  )
}

type PeriodPickerProps = {
  readonly period: Period
  readonly timeZone: string
  readonly onChange: (period: Period) => void
}

function FromTo({ period, timeZone, onChange }: PeriodPickerProps) {
  const [opened, popover] = useDisclosure()
  const [{ from, to }, choose] = useState(period)
  const days = daysOf({ from, to })
  const year = thisMonth(timeZone).to.slice(0, 4)
  const isOfThisYear = period.from.startsWith(year) && period.to.startsWith(year)
  const written = (date: string) =>
    isOfThisYear ? day(date) : day(date, { day: 'numeric', month: 'short', year: 'numeric' })
  const fault =
    from > to ? 'It begins after its end.' : days > MOST_DAYS ? `At most ${MOST_DAYS} days.` : undefined
  const show = (chosen: Period) => {
    popover.close()
    onChange(chosen)
  }
  return (
    <Popover width={270} opened={opened} onChange={popover.toggle} trapFocus returnFocus withArrow>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={16} aria-hidden />}
          onClick={() => {
            // It may have been changed meanwhile by what stands beside it.
            choose(period)
            popover.toggle()
          }}
        >
          {written(period.from)} – {written(period.to)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={event => {
            event.preventDefault()
            if (fault === undefined) show({ from, to })
          }}
        >
          <Stack gap="sm">
            <Group gap="xs" grow>
              {[lastMonth(timeZone), thisMonth(timeZone)].map(month => (
                <Button key={month.from} variant="default" size="xs" onClick={() => show(month)}>
                  {day(month.from, { month: 'long' })}
                </Button>
              ))}
            </Group>
            <TextInput
              type="date"
              label="First day"
              required
              data-autofocus
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
