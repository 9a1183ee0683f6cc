import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import {
  type EventPage,
  type EventPosition,
  type EventQuestion,
  listEvents,
} from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { Csv, sendCsv } from '../../csv.ts'
import { csvName } from '../../csv-name.ts'
import { LIMITS } from '../../limits.ts'
import { OrganizationParams } from '../../schemas.ts'
import { EVENT_QUESTION, questionOf } from './event-query.ts'

const COLUMNS = [
  'id',
  'event_type',
  'created_at',
  'received_at',
  'clock_skewed',
  'user_id',
  'end_user_id',
  'agent_id',
  'conversation_id',
  'resource_type',
  'resource_id',
] as const

/** Events as a file, however many they are. */
export default function eventExportRoutes(app: App, { pool, now }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/events.csv',
    {
      handlerTimeout: LIMITS.exportMilliseconds,
      config: { scope: 'events:read', permission: 'events:read' },
      schema: {
        operationId: 'exportEvents',
        tags: ['Analytics'],
        summary: 'Take events away as CSV, newest first',
        description:
          'Any number of them, streamed. Each event that was stored when the export began is in it once; later ones may be. A file that ends is whole: on a failure the connection breaks. `properties` is JSON; text that a spreadsheet would take for a formula has an apostrophe before it.',
        params: OrganizationParams,
        querystring: Type.Object(EVENT_QUESTION, { additionalProperties: false }),
        response: { 200: Csv },
      },
    },
    async (request, reply) => {
      const organizationId = request.params.organizationId.toLowerCase()
      const read = (question: EventQuestion, after: EventPosition | undefined) =>
        inTenant(pool, organizationId, tx => listEvents(tx, { ...question, limit: ROWS, after }))
      return sendCsv(reply, {
        name: csvName('events', { from: request.query.from, to: request.query.to, now: now() }),
        columns: [...COLUMNS, 'properties'],
        pages: pagesOf(questionOf(request.query), read),
      })
    },
  )
}

/** Of a page; each is read in a transaction of its own, so that a slow client holds none open. */
const ROWS = 1_000

async function* pagesOf(
  question: EventQuestion,
  read: (question: EventQuestion, after: EventPosition | undefined) => Promise<EventPage>,
) {
  let after: EventPosition | undefined
  do {
    const { events, next } = await read(question, after)
    yield events.map(event => [...COLUMNS.map(column => event[column]), JSON.stringify(event.properties)])
    after = next
  } while (after !== undefined)
}
