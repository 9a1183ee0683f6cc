import { Box, Code, Text } from '@mantine/core'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { DEEDS } from './deeds.ts'
import type { Activity } from './query.ts'

/** Who did what, to what, and when. */
export function Entry({ entry }: { entry: Activity }) {
  const deed = DEEDS[entry.action_type]
  // A session has the name of whoever it is of, which stands there already.
  const object = entry.resource_type === 'session' ? null : entry.resource_name
  return (
    <Box py="sm">
      <Text style={{ overflowWrap: 'anywhere' }}>
        <Text span fw={600}>
          {entry.actor_name}
        </Text>{' '}
        {deed ?? <Code>{entry.action_type}</Code>}
        {object !== null && <> · {object}</>}
      </Text>
      <Text size="sm" c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
        <RelativeTime at={entry.created_at} />
        {entry.ip_address !== null && ` · from ${entry.ip_address}`}
        {detailsOf(entry.metadata).map(detail => ` · ${detail}`)}
      </Text>
    </Box>
  )
}

function detailsOf(metadata: unknown): string[] {
  if (typeof metadata !== 'object' || metadata === null) return []
  return Object.entries(metadata).map(([name, value]) => `${name.replaceAll('_', ' ')}: ${textOf(value)}`)
}

/** A change as from and to, a list as its items, anything else as it is. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object' && value !== null && 'from' in value && 'to' in value)
    return `${textOf(value.from)} → ${textOf(value.to)}`
  return JSON.stringify(value)
}
