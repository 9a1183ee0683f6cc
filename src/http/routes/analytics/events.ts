import { Type } from 'typebox'
import { ingestEvents, MOST_EVENTS, openIngestion } from '../../../domains/analytics/index.ts'
import { AppError } from '../../../platform/errors.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { EventItem } from './event-schema.ts'

/** Where events come in. Each item is judged by itself, so the schema of an item describes it and refuses nothing. */
export default function eventRoutes(app: App, { pool, now, configuration }: Context): void {
  const ingestion = openIngestion(pool)
  app.addHook('onClose', () => ingestion.commits.settled())

  app.post(
    '/v1/organizations/:organizationId/events',
    {
      config: { scope: 'events:write', idempotency: false },
      validatorCompiler: ({ httpPart }) => (httpPart === 'body' ? checkBody : value => ({ value })),
      schema: {
        operationId: 'createEvents',
        tags: ['Analytics'],
        summary: 'Report what has happened',
        description: DESCRIPTION,
        params: OrganizationParams,
        body: Type.Object(
          { events: Type.Array(EventItem, { maxItems: MOST_EVENTS }) },
          { additionalProperties: false },
        ),
        response: { 200: Answer },
      },
    },
    async request => {
      const { organizationId } = request.params
      const { events } = request.body
      return ingestEvents(ingestion, {
        organizationId: organizationId.toLowerCase(),
        items: events,
        now: now(),
        lateDays: configuration.lateEventDays,
      })
    },
  )
}

/** The frame alone: what is wrong with an item is said in the answer, beside what was done with the others. */
function checkBody(body: unknown): { value: unknown } | { error: AppError } {
  const { events, ...others }: Record<string, unknown> = Object(body)
  if (!Array.isArray(events)) return { error: bodyInvalid('body/events', 'must be an array of events') }
  if (events.length > MOST_EVENTS)
    return {
      error: bodyInvalid(
        'body/events',
        `has more than ${MOST_EVENTS} items; send the rest in a further request`,
      ),
    }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    return { error: bodyInvalid('body', `has the unknown property "${unknown.slice(0, 100)}"`) }
  return { value: body }
}

const bodyInvalid = (part: string, fault: string) =>
  new AppError('request.invalid', 'invalid', `${part} ${fault}. /docs shows the form of each request.`)

const Answer = Type.Object({
  inserted: Type.Integer({ description: 'Stored now.' }),
  duplicates: Type.Integer({
    description: 'Stored before, with the same id and created_at; left as they were.',
  }),
  rejected: Type.Array(
    Type.Object({
      index: Type.Integer({ description: 'Place in the request, from 0.' }),
      id: Type.Union([Type.String(), Type.Null()]),
      code: Type.String({ description: 'Why, as `analytics.…`; never changes.' }),
      message: Type.String({ description: 'What is wrong and what to do.' }),
    }),
    { description: 'Not stored. They spoil none of the others; correct them and send them again.' },
  ),
})

const DESCRIPTION = `Up to ${MOST_EVENTS} events. They are stored durably before the answer comes, and a request that is sent again changes nothing: \`id\` and \`created_at\` tell an event.

These types count in metrics: \`message.created\` (\`properties.tokens\`, \`properties.response_time_ms\`), \`conversation.started\`, \`workflow.executed\`, \`agent.error\` and \`conversation.rated\` (\`properties.score\`); any other name is free. Events are never refused for the limit of a plan.`
