import { type TSchema, Type } from 'typebox'
import { MOST_CHARACTERS, MOST_END_USER_ID_BYTES } from '../../../domains/analytics/index.ts'

/** A pattern of a schema has no flag for letters in any case. */
const UUID_V7_PATTERN =
  '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$'

/** Left out and null are the same. */
const optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))
const uuid = (description: string) => optional(Type.String({ format: 'uuid', description }))

/** An item of a request, as the reference describes it. */
export const EventItem = Type.Object(
  {
    id: Type.String({
      format: 'uuid',
      pattern: UUID_V7_PATTERN,
      description: 'A UUID of version 7 that the sender makes once: with it a retry is a no-op.',
    }),
    event_type: Type.String({ minLength: 1, maxLength: MOST_CHARACTERS, examples: ['message.created'] }),
    created_at: optional(
      Type.String({
        format: 'date-time',
        description:
          'RFC 3339, exact to the microsecond; the time in `id` where absent. More than 24 hours ahead is rejected.',
      }),
    ),
    user_id: uuid('A member of the organization. Never together with `end_user_id`.'),
    end_user_id: optional(
      Type.String({
        minLength: 1,
        maxLength: MOST_END_USER_ID_BYTES,
        description: `The product's own key of the person who talks to an agent: any text of 1 to ${MOST_END_USER_ID_BYTES} bytes.`,
      }),
    ),
    agent_id: uuid('An agent that was registered.'),
    conversation_id: uuid('Need not exist here.'),
    resource_type: optional(Type.String({ maxLength: MOST_CHARACTERS })),
    resource_id: uuid('What the event is about.'),
    properties: optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'What is your own; up to 16 KiB of JSON.',
      }),
    ),
  },
  { additionalProperties: false },
)
