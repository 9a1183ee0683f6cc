import type { TenantTx } from '../../database/transaction.ts'
import { addPercentiles } from './add-percentiles.ts'
import { type Figures, NO_FIGURES } from './figures.ts'
import { addDays, datesOf, type Period } from './period.ts'
import { rankAgents } from './rank-agents.ts'
import { type AgentFigures, readAgentFigures } from './read-agent-figures.ts'
import { type Day, readDays } from './read-days.ts'
import { readTotals } from './read-totals.ts'
import { type AskedPeriod, type Reported, reportedPeriod, reportOf } from './reported-period.ts'
import { sortAgents } from './sort-agents.ts'

export type Overview = Reported & {
  readonly totals: Figures
  /** Of as many days right before; null where nothing had happened by then. */
  readonly previous: (Period & Figures) | null
  readonly today: Day
  readonly yesterday: Day
  readonly days: Day[]
  /** Those with the most messages, at most ten; none that did nothing. */
  readonly busiest_agents: AgentFigures[]
}

const BUSIEST = 10

/** All that the first page of an organization shows, read from its daily figures alone: never from events. */
export async function readOverview(tx: TenantTx, asked: AskedPeriod): Promise<Overview> {
  const period = await reportedPeriod(tx, asked)
  const { today, previous } = period
  const days = await readDays(tx, [...datesOf(period), addDays(today, -1), today])
  const [yesterday, thisDay] = days.splice(-2)
  const [totals, before] = await readTotals(tx, [period, previous])
  const agents = await rankAgents(tx, { period, previous, most: BUSIEST })
  const busiest = await readAgentFigures(tx, { ...period, ids: agents.busiest })
  return {
    ...reportOf(period, days),
    totals: { ...NO_FIGURES, ...totals, active_agents: agents.active },
    previous: before === undefined ? null : { ...previous, ...before, active_agents: agents.activeBefore },
    today: thisDay as Day,
    yesterday: yesterday as Day,
    days,
    busiest_agents: sortAgents(await addPercentiles(tx, period, busiest), {
      sort: 'messages',
      order: 'desc',
    }),
  }
}
