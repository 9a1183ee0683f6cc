import type { ParquetWriter } from 'hyparquet-writer'

/** An event as cold storage keeps it: the columns of analytics_events in this order, exactly. */
export type EventRow = readonly [
  organizationId: string,
  /** Whole microseconds since 1970. */
  createdAt: number,
  id: string,
  eventType: string,
  resourceType: string | null,
  resourceId: string | null,
  /** The JSON as PostgreSQL writes it: parsing it would round its numbers. */
  properties: string,
  userId: string | null,
  agentId: string | null,
  conversationId: string | null,
  endUserId: string | null,
  receivedAt: number,
  isClockSkewed: boolean,
]

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

type Column = { readonly select: string; readonly element: SchemaElement }

const uuid = (name: string, repetition_type: 'REQUIRED' | 'OPTIONAL'): Column => ({
  select: name,
  element: {
    name,
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: 16,
    logical_type: { type: 'UUID' },
    repetition_type,
  },
})
const text = (name: string, repetition_type: 'REQUIRED' | 'OPTIONAL', select = name): Column => ({
  select,
  element: {
    name,
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    logical_type: { type: 'STRING' },
    repetition_type,
  },
})
const instant = (name: string): Column => ({
  select: `(extract(epoch FROM ${name}) * 1000000)::bigint AS ${name}`,
  element: {
    name,
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
    repetition_type: 'REQUIRED',
  },
})

export const EVENT_COLUMNS: readonly Column[] = [
  uuid('organization_id', 'REQUIRED'),
  instant('created_at'),
  uuid('id', 'REQUIRED'),
  text('event_type', 'REQUIRED'),
  text('resource_type', 'OPTIONAL'),
  uuid('resource_id', 'OPTIONAL'),
  text('properties', 'REQUIRED', 'properties::text'),
  uuid('user_id', 'OPTIONAL'),
  uuid('agent_id', 'OPTIONAL'),
  uuid('conversation_id', 'OPTIONAL'),
  text('end_user_id', 'OPTIONAL'),
  instant('received_at'),
  { select: 'clock_skewed', element: { name: 'clock_skewed', type: 'BOOLEAN', repetition_type: 'REQUIRED' } },
]

/** The bytes over which the rows of a file are hashed, one line a row: the same from the database and from the file. */
export function canonicalText(rows: readonly EventRow[]): string {
  let lines = ''
  for (const row of rows) lines += `${JSON.stringify(row)}\n`
  return lines
}
