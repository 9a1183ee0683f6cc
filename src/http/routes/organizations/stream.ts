import { Type } from 'typebox'
import { memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { readSessionCookie } from '../../session-cookie.ts'
import { EventStream } from '../../streams/event-stream.ts'
import { LiveStreams, PACE, type Pace } from '../../streams/live-streams.ts'

/** What open pages are told, so that they show what is so now. */
export default function streamRoutes(app: App, context: Context, pace: Pace = PACE): void {
  const streams = new LiveStreams(context, pace)
  app.addHook('preClose', () => streams.close())

  app.get(
    '/v1/organizations/:organizationId/stream',
    {
      config: { permission: 'organization:read' },
      exposeHeadRoute: false,
      schema: {
        operationId: 'streamChanges',
        tags: ['Organization'],
        summary: 'Hear of changes as they happen',
        description: DESCRIPTION,
        params: OrganizationParams,
        response: {
          200: {
            description: 'Server-sent events, until either side ends them.',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
        },
      },
    },
    async (request, reply) => {
      const member = memberOf(request)
      streams.requireRoom(member)
      reply.hijack()
      const token = readSessionCookie(request, context.configuration) ?? ''
      streams.add(member, token, new EventStream(reply.raw, reply.getHeaders()))
      return reply
    },
  )
}

const DESCRIPTION = `For \`EventSource\`. Nothing is sent but what to read anew:

- \`metrics\`, \`{"dates": ["2026-11-27"]}\`: the figures of these days have changed.
- \`notifications\`, \`{"unread": 3}\`: how many of your notifications are unread; sent at the start and with each change.

Whenever a stream opens, read everything that you show once more: what changed while none was open is not told. It ends within half a minute when the session ends. Open one a page, and close it while nobody looks at the page.`
