import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { type EventPosition, listEvents, listEventTypes } from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { OrganizationParams } from '../../schemas.ts'
import { ArchivedBefore, archiveOf } from './archived-before.ts'
import { EVENT_QUESTION, EVENT_TIMES, questionOf } from './event-query.ts'

/** Events themselves, for whoever wants to know what a figure is made of. */
export default function eventExplorerRoutes(app: App, { pool }: Context): void {
  const config = { scope: 'events:read', permission: 'events:read' } as const
  const tags = ['Analytics']

  app.get(
    '/v1/organizations/:organizationId/events',
    {
      config,
      schema: {
        operationId: 'listEvents',
        tags,
        summary: 'Look through events, newest first',
        description:
          'A page at a time: send `next_cursor` as `cursor` for the page behind. What arrives meanwhile moves nothing. A question that finds little among very many events is stopped after ten seconds (`analytics.query_too_slow`): give it a shorter period.',
        params: OrganizationParams,
        querystring: Type.Object(
          {
            ...EVENT_QUESTION,
            cursor: Type.Optional(
              Type.String({ maxLength: 200, description: '`next_cursor` of an answer.' }),
            ),
            limit: Type.Optional(
              Type.String({
                pattern: '^([1-9]|[1-9][0-9]|1[0-9][0-9]|200)$',
                default: '50',
                description: '1 to 200.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: EventPage },
      },
    },
    async request => {
      const { organizationId } = request.params
      const { cursor, limit = '50' } = request.query
      const page = await inTenant(pool, organizationId.toLowerCase(), tx =>
        listEvents(tx, {
          ...questionOf(request.query),
          limit: Number(limit),
          after: cursor === undefined ? undefined : positionOf(cursor),
        }),
      )
      return {
        data: page.events,
        next_cursor: page.next === undefined ? null : encodeCursor([page.next.createdAt, page.next.id]),
        ...archiveOf(page.archivedBefore),
      }
    },
  )

  app.get(
    '/v1/organizations/:organizationId/events/types',
    {
      config,
      schema: {
        operationId: 'listEventTypes',
        tags,
        summary: 'Read which types of events there are',
        description: 'Of the newest events of the period, the most frequent first: what a filter offers.',
        params: OrganizationParams,
        querystring: Type.Object(EVENT_TIMES, { additionalProperties: false }),
        response: { 200: EventTypes },
      },
    },
    async request => {
      const { organizationId } = request.params
      const { types, examined, isComplete } = await inTenant(pool, organizationId.toLowerCase(), tx =>
        listEventTypes(tx, request.query),
      )
      return { data: types, examined, is_complete: isComplete }
    },
  )
}

function positionOf(cursor: string): EventPosition {
  const [createdAt = '', id = ''] = decodeCursor(cursor, [TIME, UUID])
  return { createdAt, id }
}

const TIME = /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const nullable = (description: string) => Type.Union([Type.String(), Type.Null()], { description })

const StoredEvent = Type.Object({
  id: Type.String({ format: 'uuid' }),
  event_type: Type.String(),
  created_at: Type.String({ format: 'date-time', description: 'When it happened, to the microsecond.' }),
  received_at: Type.String({ format: 'date-time', description: 'When it came.' }),
  clock_skewed: Type.Boolean({ description: 'Its time lay more than ten minutes ahead of our clock.' }),
  user_id: nullable('The member who did it.'),
  end_user_id: nullable("The product's own key of the person who did it."),
  agent_id: nullable('The agent that it is about.'),
  conversation_id: nullable('The conversation that it belongs to.'),
  resource_type: nullable('Of what kind the thing is that it is about.'),
  resource_id: nullable('Which one it is.'),
  properties: Type.Object({}, { additionalProperties: true, description: 'As they were sent.' }),
})

const EventPage = Type.Object({
  data: Type.Array(StoredEvent),
  next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'Null on the last page.' }),
  ...ArchivedBefore,
})

const EventTypes = Type.Object({
  data: Type.Array(
    Type.Object({
      event_type: Type.String(),
      events: Type.Integer({ description: 'How many of the examined events are of it.' }),
      last_at: Type.String({ format: 'date-time', description: 'When the newest of them happened.' }),
    }),
  ),
  examined: Type.Integer({ description: 'How many events were looked at, the newest of the period.' }),
  is_complete: Type.Boolean({ description: 'False where the period has more: a rare type may be missing.' }),
})
