import { Type } from 'typebox'

const uuid = (description: string) => Type.Optional(Type.String({ format: 'uuid', description }))

/** An item of a request, as the reference describes it. */
export const EventItem = Type.Object({
  id: Type.String({
    format: 'uuid',
    description: 'A UUID of version 7 that the sender makes once: with it a retry is a no-op.',
  }),
  event_type: Type.String({ minLength: 1, maxLength: 100, examples: ['message.created'] }),
  created_at: Type.Optional(
    Type.String({
      format: 'date-time',
      description:
        'RFC 3339, exact to the microsecond; the time in `id` where absent. More than 24 hours ahead is rejected.',
    }),
  ),
  user_id: uuid('A member of the organization.'),
  end_user_id: Type.Optional(
    Type.String({
      description: "The product's own key of the person who talks to an agent: any text of 1 to 255 bytes.",
    }),
  ),
  agent_id: uuid('An agent that was registered.'),
  conversation_id: uuid('Need not exist here.'),
  resource_type: Type.Optional(Type.String({ maxLength: 100 })),
  resource_id: uuid('What the event is about.'),
  properties: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'What is your own; up to 16 KiB of JSON.' }),
  ),
})
