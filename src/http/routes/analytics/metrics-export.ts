import { Type } from 'typebox'
import { inTenant, type TenantTx } from '../../../database/transaction.ts'
import {
  addPercentiles,
  datesOf,
  GLOSSARY,
  type Period,
  readAgentFigures,
  readDays,
  reportedPeriod,
} from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { type Cell, Csv, sendCsv } from '../../csv.ts'
import { csvName } from '../../csv-name.ts'
import { LIMITS } from '../../limits.ts'
import { OrganizationParams } from '../../schemas.ts'
import { AGENT_FIGURES } from './figures-schema.ts'
import { REPORTED_PERIOD } from './reported-period-query.ts'

/** Figures as files. */
export default function metricsExportRoutes(app: App, { pool, now }: Context): void {
  const config = { scope: 'metrics:read', permission: 'metrics:read' } as const
  const tags = ['Analytics']
  const querystring = Type.Object(REPORTED_PERIOD, { additionalProperties: false })

  app.get(
    '/v1/organizations/:organizationId/metrics/daily.csv',
    {
      config,
      schema: {
        operationId: 'exportDailyMetrics',
        tags,
        summary: 'Take the figures of each day away as CSV',
        description: `A row for each day of the period, days without events included. ${PERIOD_LEFT_OUT}`,
        params: OrganizationParams,
        querystring,
        response: { 200: Csv },
      },
    },
    async (request, reply) => {
      const organizationId = request.params.organizationId.toLowerCase()
      const { period, days } = await inTenant(pool, organizationId, async tx => {
        const period = await reportedPeriod(tx, { ...request.query, now: now() })
        return { period, days: await readDays(tx, datesOf(period)) }
      })
      return sendCsv(reply, {
        name: csvName('daily-metrics', { ...period, now: now() }),
        columns: ['date', ...FIGURES],
        pages: [days.map(day => [day.date, ...FIGURES.map(figure => day[figure])])],
      })
    },
  )

  app.get(
    '/v1/organizations/:organizationId/agents.csv',
    {
      handlerTimeout: LIMITS.exportMilliseconds,
      config,
      schema: {
        operationId: 'exportAgents',
        tags,
        summary: 'Take your agents with their figures away as CSV',
        description: `A row for each agent, by id. ${PERIOD_LEFT_OUT}`,
        params: OrganizationParams,
        querystring,
        response: { 200: Csv },
      },
    },
    async (request, reply) => {
      const organizationId = request.params.organizationId.toLowerCase()
      const period = await inTenant(pool, organizationId, tx =>
        reportedPeriod(tx, { ...request.query, now: now() }),
      )
      return sendCsv(reply, {
        name: csvName('agents', { ...period, now: now() }),
        columns: ['id', 'name', 'is_active', 'last_active_on', ...FIGURES_OF_AGENTS],
        pages: agentPages(period, work => inTenant(pool, organizationId, work)),
      })
    },
  )
}

type Agents = Awaited<ReturnType<typeof addPercentiles>>

async function* agentPages(
  period: Period,
  inTransaction: (work: (tx: TenantTx) => Promise<Agents>) => Promise<Agents>,
): AsyncGenerator<Cell[][]> {
  let after: string | undefined = FIRST
  while (after !== undefined) {
    const slice = { after, limit: ROWS }
    const agents = await inTransaction(async tx =>
      addPercentiles(tx, period, await readAgentFigures(tx, { from: period.from, to: period.to, slice })),
    )
    yield agents.map(agent => [
      agent.id,
      agent.name,
      agent.is_active,
      agent.last_active_on,
      ...FIGURES_OF_AGENTS.map(figure => agent[figure]),
    ])
    after = agents.length === ROWS ? agents.at(-1)?.id : undefined
  }
}

/** Of a page; each is read in a transaction of its own. */
const ROWS = 500
const FIRST = '00000000-0000-0000-0000-000000000000'
const FIGURES = Object.keys(GLOSSARY) as (keyof typeof GLOSSARY)[]
const FIGURES_OF_AGENTS = Object.keys(AGENT_FIGURES) as (keyof typeof AGENT_FIGURES)[]
const PERIOD_LEFT_OUT = 'The last 30 days where no period is given.'
