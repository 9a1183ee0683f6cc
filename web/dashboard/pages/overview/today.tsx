import { Group, Paper, Text } from '@mantine/core'
import { change, percent, short } from '../../../ui/format.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import type { Overview } from './query.ts'

/** What has happened today so far, against the whole of yesterday. */
export function Today({ overview: { today, yesterday, computed_at } }: { overview: Overview }) {
  const figures = [
    ['message', today.messages, yesterday.messages],
    ['conversation', today.conversations, yesterday.conversations],
    ['active user', today.active_users, yesterday.active_users],
    ['error', today.errors, yesterday.errors],
  ] as const
  return (
    <Paper withBorder p="md" component="section" aria-label="Today">
      <Group gap="0.4rem 1.25rem" justify="space-between" align="flex-start">
        <Group gap="0.4rem 1.25rem" style={{ flex: '1 1 16rem' }}>
          <Text fw={600}>Today</Text>
          {figures.map(([label, now, before]) => (
            <Text
              key={label}
              size="sm"
              title={`${before} ${several(label, before)} in the whole of yesterday`}
            >
              <Text span fw={650}>
                {short(now)}
              </Text>{' '}
              {several(label, now)} <Share now={now} before={before} />
            </Text>
          ))}
        </Group>
        {today.computed_at !== null || computed_at !== null ? (
          <Text size="sm" c="dimmed" component="div">
            as of <RelativeTime at={today.computed_at ?? computed_at ?? ''} />
          </Text>
        ) : null}
      </Group>
    </Paper>
  )
}

const several = (label: string, number: number) => (number === 1 ? label : `${label}s`)

function Share({ now, before }: { now: number; before: number }) {
  const share = change(now, before)
  if (share === undefined || now === 0) return null
  return (
    <Text span size="sm" c="dimmed">
      ({percent(1 + share).replace('+', '')} of yesterday’s)
    </Text>
  )
}
