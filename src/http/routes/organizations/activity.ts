import { type Static, Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import {
  type ActivityFilter,
  type ActivityPosition,
  type ListedActivity,
  listActivity,
  parseInstant,
} from '../../../domains/organizations/index.ts'
import { memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { Csv, sendCsv } from '../../csv.ts'
import { csvName } from '../../csv-name.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { LIMITS } from '../../limits.ts'
import { OrganizationParams } from '../../schemas.ts'

const COLUMNS = [
  'id',
  'created_at',
  'action_type',
  'actor_name',
  'user_id',
  'resource_type',
  'resource_id',
  'resource_name',
  'ip_address',
] as const

/** What happened in the organization and who did it, however long ago: the archive is read like the rest. */
export default function activityRoutes(app: App, { pool, now }: Context): void {
  const config = { permission: 'activity:read' } as const
  const tags = ['Organization']

  app.get(
    '/v1/organizations/:organizationId/activity',
    {
      config,
      schema: {
        operationId: 'listActivity',
        tags,
        summary: 'Read what happened in the organization, newest first',
        description:
          'Who did what, as far back as the organization goes. A page at a time: send `next_cursor` as `cursor` for the page behind.',
        params: OrganizationParams,
        querystring: Type.Object(
          {
            ...FILTER,
            cursor: Type.Optional(
              Type.String({ maxLength: 200, description: '`next_cursor` of an answer.' }),
            ),
            limit: Type.Optional(
              Type.String({ pattern: '^([1-9]|[1-9][0-9]|100)$', default: '50', description: '1 to 100.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: ActivityPage },
      },
    },
    async request => {
      const { cursor, limit = '50', ...filter } = request.query
      const page = await inTenant(pool, memberOf(request).organizationId, tx =>
        listActivity(tx, {
          limit: Number(limit),
          after: cursor === undefined ? undefined : positionOf(cursor),
          filter: filterOf(filter),
        }),
      )
      return {
        data: page.activities.map(activity => ({ ...fieldsOf(activity), metadata: activity.metadata })),
        next_cursor: page.next === undefined ? null : encodeCursor([page.next.createdAt, page.next.id]),
      }
    },
  )

  app.get(
    '/v1/organizations/:organizationId/activity.csv',
    {
      handlerTimeout: LIMITS.exportMilliseconds,
      config,
      schema: {
        operationId: 'exportActivity',
        tags,
        summary: 'Take what happened in the organization away as CSV, newest first',
        description:
          'All of it, streamed. A file that ends is whole: on a failure the connection breaks. `metadata` is JSON; text that a spreadsheet would take for a formula has an apostrophe before it.',
        params: OrganizationParams,
        querystring: Type.Object(FILTER, { additionalProperties: false }),
        response: { 200: Csv },
      },
    },
    async (request, reply) => {
      const { organizationId } = memberOf(request)
      const filter = filterOf(request.query)
      const read = (after: ActivityPosition | undefined) =>
        inTenant(pool, organizationId, tx => listActivity(tx, { limit: ROWS, after, filter }))
      return sendCsv(reply, {
        name: csvName('activity', { now: now() }),
        columns: [...COLUMNS, 'metadata'],
        pages: pagesOf(read),
      })
    },
  )
}

/** Of a page; each is read in a transaction of its own, so that a slow client holds none open. */
const ROWS = 1_000

async function* pagesOf(read: (after: ActivityPosition | undefined) => ReturnType<typeof listActivity>) {
  let after: ActivityPosition | undefined
  do {
    const { activities, next } = await read(after)
    yield activities.map(activity => {
      const fields = fieldsOf(activity)
      const metadata = activity.metadata === null ? null : JSON.stringify(activity.metadata)
      return [...COLUMNS.map(column => fields[column]), metadata]
    })
    after = next
  } while (after !== undefined)
}

function fieldsOf(activity: ListedActivity) {
  return {
    id: activity.id,
    action_type: activity.actionType,
    actor_name: activity.actorName,
    user_id: activity.userId,
    resource_type: activity.resourceType,
    resource_id: activity.resourceId,
    resource_name: activity.resourceName,
    ip_address: activity.ipAddress,
    created_at: activity.createdAt.toISOString(),
  }
}

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 255, description }))
const FILTER = {
  action_type: text('What was done, like `agent.registered`.'),
  user_id: Type.Optional(Type.String({ format: 'uuid', description: 'What this member did.' })),
  resource_type: text('What it was done to, like `agent`.'),
  resource_id: text('The id of what it was done to.'),
  from: text('From this instant on, RFC 3339.'),
  to: text('Up to this instant, not included, RFC 3339.'),
}
const Filter = Type.Object(FILTER)

function filterOf(query: Static<typeof Filter>): ActivityFilter {
  return {
    actionType: query.action_type,
    userId: query.user_id,
    resourceType: query.resource_type,
    resourceId: query.resource_id,
    from: query.from === undefined ? undefined : parseInstant('from', query.from),
    before: query.to === undefined ? undefined : parseInstant('to', query.to),
  }
}

function positionOf(cursor: string): ActivityPosition {
  const [createdAt = '', id = ''] = decodeCursor(cursor, [TIME, UUID])
  return { createdAt, id }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const orNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description })

const ActivityPage = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      action_type: Type.String({ description: 'What was done, as `resource.what_happened`.' }),
      actor_name: Type.String({ description: 'Who did it, by the name of then.' }),
      user_id: orNull('The member who did it; null for programs, operators and members who are gone.'),
      resource_type: orNull('What it was done to.'),
      resource_id: orNull('Its id.'),
      resource_name: orNull('Its name of then.'),
      ip_address: orNull('Where the request came from.'),
      created_at: Type.String({ format: 'date-time' }),
      metadata: Type.Unknown({ description: 'What else is known, or null.' }),
    }),
  ),
  next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
})
