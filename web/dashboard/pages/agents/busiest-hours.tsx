import { Button, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { whole } from '../../../ui/format.ts'
import { Panel } from '../../../ui/panel.tsx'
import type { PeriodSearch } from '../../../ui/period.ts'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { queryOf } from '../overview/query.ts'
import { HourTable } from './hour-table.tsx'
import { WEEKDAYS } from './weekdays.ts'

/** When in the week the agent is talked to. */
export function BusiestHours({ agentId, period }: { agentId: string; period: PeriodSearch }) {
  const { organization } = useSession()
  const [hasNumbers, setNumbers] = useState(false)
  const hours = useQuery({
    queryKey: ['hours', organization.id, agentId, period],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/agents/{agentId}/busiest-hours', {
          params: { path: { organizationId: organization.id, agentId }, query: queryOf(period) },
        }),
      ),
  })
  return (
    <Panel
      title="Busiest hours"
      description={
        hours.data && `Messages by hour in ${hours.data.time_zone}. ${peakOf(hours.data.messages)}`
      }
      actions={
        <Button variant="default" size="xs" aria-pressed={hasNumbers} onClick={() => setNumbers(!hasNumbers)}>
          {hasNumbers ? 'Show the shades' : 'Show the numbers'}
        </Button>
      }
    >
      <ProblemAlert error={hours.error} onRetry={hours.refetch} />
      {hours.isPending && <Skeleton height={190} />}
      {hours.data && <HourTable messages={hours.data.messages} hasNumbers={hasNumbers} />}
      {hours.data?.archived_before != null && (
        <Text size="sm" c="dimmed">
          {hours.data.archive_hint}
        </Text>
      )}
    </Panel>
  )
}

/** The busiest hour in words. */
function peakOf(messages: readonly (readonly number[])[]): string {
  const counts = messages.flat()
  const most = Math.max(0, ...counts)
  if (most === 0) return 'There were none.'
  const place = counts.indexOf(most)
  const hour = place % 24
  return `Most on ${WEEKDAYS[Math.floor(place / 24)]} from ${hour} to ${hour + 1}: ${whole(most)}.`
}
