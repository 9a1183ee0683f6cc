import { type Columns, columnOf, instantOf, numberOf } from '../agents/index.ts'

/** The tables whose rows tell of the same things as events do. */
export const SOURCES = ['conversations', 'messages', 'workflow_executions'] as const
export type Source = (typeof SOURCES)[number]
export type Tables = Readonly<Record<Source | 'organizations', Columns>>

/** A row that no event tells of; NULL is what its table does not say. */
export type UntoldRow = {
  readonly key: string
  /** Whole microseconds since 1970. */
  readonly at: string | null
  readonly agent_id: string | null
  readonly user_id: string | null
  readonly end_user_id: string | null
  readonly conversation_id: string | null
  readonly resource_id: string | null
  /** Whose words a message is, how an execution ended. */
  readonly word: string | null
  readonly tokens: number | null
  readonly milliseconds: number | null
}

/**
 * The query for the rows of an organization ($1), from before an instant ($2), that no event of it tells of; undefined
 * where the table has no such rows. An event tells of a row when it names it: so a row is told of once, whether
 * ingestion, the product or an earlier backfill did it. An agent or a member who does not exist is left out.
 */
export function untoldRows(source: Source, tables: Tables): string | undefined {
  const columns = tables[source]
  if (!columns.has('id') || !columns.has('organization_id')) return undefined
  const { from, fields, told } = PARTS[source](tables)
  return `
    SELECT row.key, (extract(epoch FROM row.at) * 1000000)::bigint::text AS at, agent.id AS agent_id, member.id AS user_id,
      CASE WHEN member.id IS NULL THEN row.end_user_id END AS end_user_id, row.conversation_id, row.resource_id, row.word,
      row.tokens, row.milliseconds
    FROM (SELECT r.id::text AS key, ${fields} FROM ${from} WHERE r.organization_id = $1) AS row
    LEFT JOIN agents AS agent ON agent.organization_id = $1 AND agent.id = row.agent_id
    LEFT JOIN users AS member ON member.organization_id = $1 AND member.id = row.user_id
    WHERE (row.at IS NULL OR row.at < $2) AND NOT EXISTS (
      SELECT FROM analytics_events AS event WHERE event.organization_id = $1 AND ${told})`
}

type Parts = { readonly from: string; readonly fields: string; readonly told: string }

const PARTS: Readonly<Record<Source, (tables: Tables) => Parts>> = {
  conversations: tables => {
    const columns = tables.conversations
    const { messages } = tables
    const hasMessages = messages.get('conversation_id') === columns.get('id') && messages.has('created_at')
    const isUuid = columns.get('id') === 'uuid'
    const firstMessage = hasMessages
      ? `LEFT JOIN (SELECT conversation_id, min(${instantOf(messages, 'm', 'created_at')}) AS at FROM messages AS m
          WHERE m.organization_id = $1 GROUP BY conversation_id) AS first ON first.conversation_id = r.id`
      : ''
    return {
      from: `conversations AS r ${isDated(columns) ? '' : firstMessage} JOIN organizations AS o ON o.id = $1`,
      fields: [
        `coalesce(${instantOf(columns, 'r', 'started_at')}, ${instantOf(columns, 'r', 'created_at')},
          ${hasMessages && !isDated(columns) ? 'first.at' : 'NULL'}, ${instantOf(tables.organizations, 'o', 'created_at')}) AS at`,
        ...people(columns, 'r'),
        `${isUuid ? 'r.id' : 'NULL::uuid'} AS conversation_id, NULL::uuid AS resource_id, NULL::text AS word`,
        'NULL::float8 AS tokens, NULL::float8 AS milliseconds',
      ].join(', '),
      told: `event.event_type = 'conversation.started' AND ${isUuid ? 'event.conversation_id = row.conversation_id' : named}`,
    }
  },
  messages: tables => {
    const { messages: columns, conversations } = tables
    const isUuid = columns.get('id') === 'uuid'
    const isLinked =
      columns.has('conversation_id') && columns.get('conversation_id') === conversations.get('id')
    const [ofMessage, ofConversation] = [people(columns, 'r'), people(conversations, 'c')]
    return {
      from: `messages AS r ${
        isLinked ? 'LEFT JOIN conversations AS c ON c.organization_id = $1 AND c.id = r.conversation_id' : ''
      }`,
      fields: [
        `${instantOf(columns, 'r', 'created_at')} AS at`,
        ...ofMessage.map((field, place) =>
          isLinked ? firstOf(field, ofConversation[place] as string) : field,
        ),
        `${columnOf(columns, 'r', 'conversation_id', 'uuid')} AS conversation_id`,
        `${isUuid ? 'r.id' : 'NULL::uuid'} AS resource_id`,
        `${columnOf(columns, 'r', 'role', 'text')} AS word`,
        `${numberOf(columns, 'r', 'tokens')} AS tokens`,
        `${numberOf(columns, 'r', 'response_time_ms')} AS milliseconds`,
      ].join(', '),
      told: `event.event_type = 'message.created' AND ${isUuid ? 'event.resource_id = row.resource_id' : named}`,
    }
  },
  workflow_executions: tables => {
    const columns = tables.workflow_executions
    const [started, finished] = ['started_at', 'finished_at'].map(name => instantOf(columns, 'r', name))
    // One that is under way is told of when it has ended.
    const at = columns.has('finished_at')
      ? finished
      : `coalesce(${started}, ${instantOf(columns, 'r', 'created_at')})`
    return {
      from: `(SELECT * FROM workflow_executions AS r ${columns.has('finished_at') ? 'WHERE finished_at IS NOT NULL' : ''}) AS r`,
      fields: [
        `${at} AS at`,
        ...people(columns, 'r'),
        `NULL::uuid AS conversation_id, ${columnOf(columns, 'r', 'workflow_id', 'uuid')} AS resource_id`,
        `${columnOf(columns, 'r', 'status', 'text')} AS word, NULL::float8 AS tokens`,
        `extract(epoch FROM ${finished} - ${started})::float8 * 1000 AS milliseconds`,
      ].join(', '),
      told: `event.event_type = 'workflow.executed' AND ${named}) AND NOT EXISTS (
        SELECT FROM analytics_events AS event WHERE event.organization_id = $1 AND event.event_type = 'workflow.executed'
          AND event.created_at = row.at AND event.resource_id = row.resource_id`,
    }
  },
}

/** What is no uuid cannot be a resource; the backfill names it here, and so may the product. */
const named = `event.properties ->> 'row_id' = row.key`

const isDated = (columns: Columns) => columns.has('started_at') || columns.has('created_at')

function people(columns: Columns, alias: string): string[] {
  const endUser = columns.has('end_user_id') ? `nullif(${alias}.end_user_id::text, '')` : 'NULL::text'
  return [
    `${columnOf(columns, alias, 'agent_id', 'uuid')} AS agent_id`,
    `${columnOf(columns, alias, 'user_id', 'uuid')} AS user_id`,
    `${endUser} AS end_user_id`,
  ]
}

function firstOf(field: string, other: string): string {
  const [value = '', name = ''] = field.split(' AS ')
  return `coalesce(${value}, ${other.split(' AS ')[0]}) AS ${name}`
}
