import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CSSProperties } from 'react'
import { Panel } from '../../../ui/panel.tsx'
import type { PeriodSearch } from '../../../ui/period.ts'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { queryOf } from '../overview/query.ts'
import classes from './busiest-hours.module.css'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** When in the week the agent is talked to, as a table whose cells are shaded by their number. */
export function BusiestHours({ agentId, period }: { agentId: string; period: PeriodSearch }) {
  const { organization } = useSession()
  const hours = useQuery({
    queryKey: ['hours', organization.id, agentId, period],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/agents/{agentId}/busiest-hours', {
          params: { path: { organizationId: organization.id, agentId }, query: queryOf(period) },
        }),
      ),
  })
  const most = Math.max(1, ...(hours.data?.messages.flat() ?? []))
  return (
    <Panel title="Busiest hours" description={hours.data && `Messages by hour in ${hours.data.time_zone}`}>
      <ProblemAlert error={hours.error} onRetry={hours.refetch} />
      {hours.isPending && <Skeleton height={190} />}
      {hours.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by the keyboard
        <section className={classes.scroll} tabIndex={0} aria-label="Messages by weekday and hour">
          <table className={classes.hours}>
            <thead>
              <tr>
                <td />
                {HOURS.map(hour => (
                  <th key={hour} scope="col">
                    {hour % 3 === 0 ? hour : <span className={classes.quiet}>{hour}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {hours.data.messages.map((counts, weekday) => (
                <tr key={DAYS[weekday]}>
                  <th scope="row">{DAYS[weekday]?.slice(0, 3)}</th>
                  {HOURS.map(hour => {
                    const count = counts[hour] ?? 0
                    return (
                      <td
                        key={hour}
                        title={`${DAYS[weekday]}, ${hour} to ${hour + 1} o’clock: ${count}`}
                        style={{ '--share': count / most } as CSSProperties}
                      >
                        <span className={classes.quiet}>{count}</span>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {hours.data?.archived_before != null && (
        <Text size="sm" c="dimmed">
          {hours.data.archive_hint}
        </Text>
      )}
    </Panel>
  )
}
