import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { AGENT_SORTS, listAgents, type Place, readAgent } from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { OrganizationParams } from '../../schemas.ts'
import { AGENT_FIGURES, AgentDay, LastActiveOn, PERIOD, REPORTED } from '../analytics/figures-schema.ts'
import { REPORTED_PERIOD } from '../analytics/reported-period-query.ts'
import { AgentParams, AgentView } from './agent-schema.ts'

/** How agents do: the table of them, and one by itself. */
export default function agentReportRoutes(app: App, { pool, now }: Context): void {
  const config = { scope: 'metrics:read', permission: 'metrics:read' } as const
  const tags = ['Agents']

  app.get(
    '/v1/organizations/:organizationId/agents',
    {
      config,
      schema: {
        operationId: 'listAgents',
        tags,
        summary: 'Read your agents with their figures, sorted by any of them',
        description:
          'A page at a time: send `next_cursor` as `cursor` for the page behind, with the same order. Agents without a figure to sort by come last. The last 30 days where no period is given.',
        params: OrganizationParams,
        querystring: Type.Object(
          {
            ...REPORTED_PERIOD,
            sort: Type.Optional(Type.Enum([...AGENT_SORTS], { default: 'messages' })),
            order: Type.Optional(Type.Enum(['asc', 'desc'], { default: 'desc' })),
            search: Type.Optional(
              Type.String({ minLength: 1, maxLength: 255, description: 'A part of the name, in any case.' }),
            ),
            status: Type.Optional(Type.Enum(['active', 'inactive'])),
            cursor: Type.Optional(
              Type.String({ maxLength: 2000, description: '`next_cursor` of an answer.' }),
            ),
            limit: Type.Optional(
              Type.String({ pattern: '^([1-9]|[1-9][0-9]|100)$', default: '25', description: '1 to 100.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: AgentPage },
      },
    },
    async request => {
      const { organizationId } = request.params
      const { sort = 'messages', order = 'desc', limit = '25', status, cursor, ...question } = request.query
      const { agents, next, ...page } = await inTenant(pool, organizationId.toLowerCase(), tx =>
        listAgents(tx, {
          ...question,
          sort,
          order,
          limit: Number(limit),
          isActive: status && status === 'active',
          after: cursor === undefined ? undefined : placeOf(cursor),
          now: now(),
        }),
      )
      return { ...page, data: agents, next_cursor: next === undefined ? null : cursorOf(next) }
    },
  )

  app.get(
    '/v1/organizations/:organizationId/agents/:agentId',
    {
      config,
      schema: {
        operationId: 'getAgent',
        tags,
        summary: 'Read how an agent does, against the period before',
        description:
          'The last 30 days where no period is given. Its failures are `GET …/events?agent_id=…&type=agent.error`, its busiest hours `GET …/agents/{agentId}/busiest-hours`.',
        params: AgentParams,
        querystring: Type.Object(REPORTED_PERIOD, { additionalProperties: false }),
        response: { 200: Agent },
      },
    },
    async request => {
      const { organizationId, agentId } = request.params
      return inTenant(pool, organizationId.toLowerCase(), tx =>
        readAgent(tx, { ...request.query, agentId: agentId.toLowerCase(), now: now() }),
      )
    },
  )
}

/** The value as JSON, because no value, a number and a text are three things. */
function cursorOf({ value, id }: Place): string {
  return encodeCursor([JSON.stringify(value), id])
}

function placeOf(cursor: string): Place {
  const [value = '', id = ''] = decodeCursor(cursor, [VALUE, UUID])
  return { value: JSON.parse(value), id }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: no JSON text holds one
const VALUE = /^(null|-?\d+(\.\d+)?|"([^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-f]{4})*")$/i
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const AgentPage = Type.Object({
  ...REPORTED,
  total: Type.Integer({ description: 'How many agents fit, over all pages.' }),
  data: Type.Array(
    Type.Object({
      ...AgentView.properties,
      last_active_on: LastActiveOn,
      ...AGENT_FIGURES,
      daily_messages: Type.Array(Type.Integer(), {
        description: 'Messages of each day of the period, in order.',
      }),
    }),
  ),
  next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'Null on the last page.' }),
})

const Agent = Type.Object({
  ...REPORTED,
  ...AgentView.properties,
  totals: Type.Object(AGENT_FIGURES, { description: 'Of the whole period.' }),
  previous: Type.Union(
    [
      Type.Object({ ...PERIOD, ...AGENT_FIGURES }, { description: 'Of as many days right before.' }),
      Type.Null(),
    ],
    { description: 'Null where the agent did nothing then: there is nothing to compare with.' },
  ),
  days: Type.Array(AgentDay, {
    description: 'Each day of the period, in order, days without events included.',
  }),
})
