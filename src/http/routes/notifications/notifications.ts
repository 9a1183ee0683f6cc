import { Type } from 'typebox'
import { inTenant, type TenantTx } from '../../../database/transaction.ts'
import {
  listNotifications,
  markAllRead,
  markRead,
  markUnread,
  type Position,
} from '../../../domains/notifications/index.ts'
import { type MemberCaller, memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { OrganizationParams } from '../../schemas.ts'

/** The inbox of the member who is signed in; nobody else's can be asked for. */
export default function notificationRoutes(app: App, { pool, now }: Context): void {
  const asMember = <T>({ organizationId }: MemberCaller, work: (tx: TenantTx) => Promise<T>) =>
    inTenant(pool, organizationId, work)
  const config = { permission: 'notifications:read' } as const
  const tags = ['Notifications']

  app.get(
    '/v1/organizations/:organizationId/notifications',
    {
      config,
      schema: {
        operationId: 'listNotifications',
        tags,
        summary: 'Read your notifications, newest first',
        description:
          'A page at a time: send `next_cursor` as `cursor` for the page behind. What arrives meanwhile moves nothing.',
        params: OrganizationParams,
        querystring: Type.Object(
          {
            cursor: Type.Optional(
              Type.String({ maxLength: 200, description: '`next_cursor` of an answer.' }),
            ),
            limit: Type.Optional(
              Type.String({ pattern: '^([1-9]|[1-9][0-9]|100)$', default: '25', description: '1 to 100.' }),
            ),
            unread: Type.Optional(
              Type.Literal('true', { description: 'Only those that are not marked as read.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: NotificationPage },
      },
    },
    async request => {
      const member = memberOf(request)
      const { cursor, limit = '25', unread } = request.query
      const page = await asMember(member, tx =>
        listNotifications(tx, {
          userId: member.userId,
          limit: Number(limit),
          unreadOnly: unread === 'true',
          after: cursor === undefined ? undefined : positionOf(cursor),
        }),
      )
      return {
        data: page.notifications.map(({ isRead, readAt, createdAt, ...notification }) => ({
          ...notification,
          is_read: isRead,
          read_at: readAt?.toISOString() ?? null,
          created_at: createdAt.toISOString(),
        })),
        unread_count: page.unreadCount,
        next_cursor: page.next === undefined ? null : encodeCursor([page.next.createdAt, page.next.id]),
      }
    },
  )

  app.put(
    '/v1/organizations/:organizationId/notifications/reading',
    {
      config,
      schema: {
        operationId: 'markAllNotificationsRead',
        tags,
        summary: 'Mark all your notifications as read',
        params: OrganizationParams,
        response: {
          200: Type.Object({ marked: Type.Integer({ description: 'How many were unread before.' }) }),
        },
      },
    },
    async request => {
      const member = memberOf(request)
      const marked = await asMember(member, tx => markAllRead(tx, { userId: member.userId, now: now() }))
      return { marked }
    },
  )

  app.put(
    '/v1/organizations/:organizationId/notifications/:notificationId/reading',
    {
      config,
      schema: {
        operationId: 'markNotificationRead',
        tags,
        summary: 'Mark a notification as read',
        params: NotificationParams,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const member = memberOf(request)
      const { notificationId: id } = request.params
      await asMember(member, tx => markRead(tx, { userId: member.userId, id, now: now() }))
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/v1/organizations/:organizationId/notifications/:notificationId/reading',
    {
      config,
      schema: {
        operationId: 'markNotificationUnread',
        tags,
        summary: 'Mark a notification as unread',
        params: NotificationParams,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const member = memberOf(request)
      const { notificationId: id } = request.params
      await asMember(member, tx => markUnread(tx, { userId: member.userId, id }))
      return reply.code(204).send(null)
    },
  )
}

function positionOf(cursor: string): Position {
  const [createdAt = '', id = ''] = decodeCursor(cursor, [TIME, UUID])
  return { createdAt, id }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const NotificationParams = Type.Object({
  ...OrganizationParams.properties,
  notificationId: Type.String({ format: 'uuid' }),
})

const Nothing = Type.Null({ description: 'Done, also where it was so before.' })

const NotificationPage = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      type: Type.String({ description: 'What happened, as `resource.what_happened`.' }),
      category: Type.String({ description: 'The part of the product that it belongs to.' }),
      title: Type.String(),
      message: Type.String(),
      link: Type.Union([Type.String(), Type.Null()], {
        description: 'Where to look: a path of the dashboard.',
      }),
      data: Type.Unknown({ description: 'What programs may want to know, or null.' }),
      is_read: Type.Boolean(),
      read_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      created_at: Type.String({ format: 'date-time' }),
    }),
  ),
  unread_count: Type.Integer({ description: 'Of all pages.' }),
  next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
})
