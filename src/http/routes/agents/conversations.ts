import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import {
  type Conversation,
  listConversations,
  listMessages,
  type Page,
  readConversation,
} from '../../../domains/agents/index.ts'
import { memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { OrganizationParams } from '../../schemas.ts'

/** What was said to agents and answered, for the members of the organization. */
export default function conversationRoutes(app: App, { pool }: Context): void {
  const config = { permission: 'agents:read' } as const
  const tags = ['Agents']

  app.get(
    '/v1/organizations/:organizationId/conversations',
    {
      config,
      schema: {
        operationId: 'listConversations',
        tags,
        summary: 'Read the conversations of the organization or of one agent, newest first',
        description: PAGES,
        params: OrganizationParams,
        querystring: Type.Object(
          {
            ...Paging.properties,
            agent_id: Type.Optional(Type.String({ format: 'uuid', description: 'Of this agent only.' })),
            status: Type.Optional(
              Type.String({ minLength: 1, maxLength: 50, description: 'Like active, closed or archived.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: ConversationPage },
      },
    },
    async request => {
      const { organizationId } = memberOf(request)
      const { agent_id, status, ...paging } = request.query
      const input = { agentId: agent_id?.toLowerCase(), status, ...pagingOf(paging) }
      const page = await inTenant(pool, organizationId, tx => listConversations(tx, input))
      return viewOf(page, viewConversation)
    },
  )

  app.get(
    '/v1/organizations/:organizationId/conversations/:conversationId',
    {
      config,
      schema: {
        operationId: 'getConversation',
        tags,
        summary: 'Read a conversation',
        description: `What was said is \`GET …/conversations/{conversationId}/messages\`. ${UNSAID}`,
        params: ConversationParams,
        response: { 200: ConversationDetail },
      },
    },
    async request => {
      const { organizationId } = memberOf(request)
      const id = request.params.conversationId.toLowerCase()
      const { last_message_at, ...conversation } = await inTenant(pool, organizationId, tx =>
        readConversation(tx, id),
      )
      return { ...viewConversation(conversation), last_message_at: last_message_at?.toISOString() ?? null }
    },
  )

  app.get(
    '/v1/organizations/:organizationId/conversations/:conversationId/messages',
    {
      config,
      schema: {
        operationId: 'listConversationMessages',
        tags,
        summary: 'Read the messages of a conversation, newest first',
        description: PAGES,
        params: ConversationParams,
        querystring: Paging,
        response: { 200: MessagePage },
      },
    },
    async request => {
      const { organizationId } = memberOf(request)
      const input = {
        conversationId: request.params.conversationId.toLowerCase(),
        ...pagingOf(request.query),
      }
      return viewOf(await inTenant(pool, organizationId, tx => listMessages(tx, input)), viewMessage)
    },
  )

  app.get(
    '/v1/organizations/:organizationId/messages',
    {
      config,
      schema: {
        operationId: 'listMessages',
        tags,
        summary: 'Read the recent messages of the organization, newest first',
        description: PAGES,
        params: OrganizationParams,
        querystring: Paging,
        response: { 200: MessagePage },
      },
    },
    async request => {
      const { organizationId } = memberOf(request)
      const input = pagingOf(request.query)
      return viewOf(await inTenant(pool, organizationId, tx => listMessages(tx, input)), viewMessage)
    },
  )
}

const UNSAID = 'Where the product brought the table, what it does not say is null.'
const PAGES = `A page at a time: send \`next_cursor\` as \`cursor\` for the page behind. ${UNSAID}`

const ConversationParams = Type.Object({
  ...OrganizationParams.properties,
  conversationId: Type.String({ format: 'uuid', description: 'A conversation of the organization.' }),
})

const Paging = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next_cursor` of an answer.' })),
    limit: Type.Optional(
      Type.String({ pattern: '^([1-9]|[1-9][0-9]|100)$', default: '25', description: '1 to 100.' }),
    ),
  },
  { additionalProperties: false },
)

function pagingOf({ cursor, limit = '25' }: { cursor?: string; limit?: string }) {
  if (cursor === undefined) return { limit: Number(limit) }
  const [position = '', id = ''] = decodeCursor(cursor, [TIME, ID])
  return { limit: Number(limit), after: { position, id } }
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z?)?$/
const ID = /^[0-9A-Za-z_-]{0,64}$/

function viewOf<R, V>(page: Page<R>, view: (row: Page<R>['rows'][number]) => V) {
  const { rows, next } = page
  return { data: rows.map(view), next_cursor: next ? encodeCursor([next.position, next.id]) : null }
}

function viewConversation({ started_at, ended_at, ...conversation }: Conversation) {
  return {
    ...conversation,
    started_at: started_at?.toISOString() ?? null,
    ended_at: ended_at?.toISOString() ?? null,
  }
}

function viewMessage<M extends { created_at: Date }>({ created_at, ...message }: M) {
  return { ...message, created_at: created_at.toISOString() }
}

const text = (description: string) => Type.Union([Type.String({ description }), Type.Null()])
const number = (description: string) => Type.Union([Type.Number({ description }), Type.Null()])
const uuid = (description: string) => Type.Union([Type.String({ format: 'uuid', description }), Type.Null()])
const instant = (description: string) =>
  Type.Union([Type.String({ format: 'date-time', description }), Type.Null()])

const ConversationView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  agent_id: uuid('The agent that was talked to, while it exists.'),
  agent_name: text('Its name.'),
  user_id: uuid('The member who talked to it.'),
  user_name: text('Their name, or their address where they have none.'),
  end_user_id: text("The product's own key of anybody else who did."),
  title: text('What it is about.'),
  status: Type.String({ description: 'active, closed or archived, or a word of the product.' }),
  started_at: instant('When it began.'),
  ended_at: instant('When it ended.'),
})

const ConversationDetail = Type.Object({
  ...ConversationView.properties,
  last_message_at: instant('When the last message that is kept of it was written.'),
})

const MessageView = Type.Object({
  id: text('Its id, in whatever form its table has it.'),
  conversation_id: uuid('The conversation that it belongs to.'),
  role: text('Who speaks: user, assistant, system or tool, or a word of the product.'),
  content: text('What was said.'),
  tokens: number('What it cost.'),
  response_time_ms: number('How long the answer took.'),
  created_at: Type.String({ format: 'date-time' }),
})

const NextCursor = Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' })
const ConversationPage = Type.Object({ data: Type.Array(ConversationView), next_cursor: NextCursor })
const MessagePage = Type.Object({ data: Type.Array(MessageView), next_cursor: NextCursor })
