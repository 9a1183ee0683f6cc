import { type Static, Type } from 'typebox'
import {
  type EventQuestion,
  MOST_CHARACTERS,
  MOST_END_USER_ID_BYTES,
} from '../../../domains/analytics/index.ts'

const uuid = (description: string) => Type.Optional(Type.String({ format: 'uuid', description }))
const property = Type.String({ minLength: 1, maxLength: 1000 })

export const EVENT_TIMES = {
  from: Type.Optional(
    Type.String({
      maxLength: 40,
      description: "A day in the organization's zone, YYYY-MM-DD, or an instant, RFC 3339: from it on.",
    }),
  ),
  to: Type.Optional(
    Type.String({ maxLength: 40, description: 'A day, up to its end, or an instant, not included.' }),
  ),
}

/** What narrows events down; all that is given must hold. */
export const EVENT_QUESTION = {
  ...EVENT_TIMES,
  type: Type.Optional(Type.String({ minLength: 1, maxLength: MOST_CHARACTERS, examples: ['agent.error'] })),
  agent_id: uuid('Events about this agent, known or not.'),
  user_id: uuid('What this member did.'),
  end_user_id: Type.Optional(
    Type.String({ minLength: 1, maxLength: MOST_END_USER_ID_BYTES, description: 'What this end user did.' }),
  ),
  conversation_id: uuid('Events of this conversation.'),
  property: Type.Optional(
    Type.Union([property, Type.Array(property, { maxItems: 10 })], {
      description:
        '`key:value`: events whose property of this name is this value, compared as text. Repeat it for several, which must all hold.',
      examples: ['channel:chat'],
    }),
  ),
}

const Query = Type.Object(EVENT_QUESTION)

export function questionOf(query: Static<typeof Query>): EventQuestion {
  return {
    type: query.type,
    agentId: query.agent_id,
    userId: query.user_id,
    endUserId: query.end_user_id,
    conversationId: query.conversation_id,
    properties: query.property === undefined ? [] : [query.property].flat(),
    from: query.from,
    to: query.to,
  }
}
