import { parseRfc3339 } from '../../platform/rfc3339.ts'
import { deriveUuidV7, isUuid, isUuidV7, timeOfUuidV7 } from '../../platform/uuid.ts'
import { measuredPropertyFault } from './measured-properties.ts'
import type { Rejection } from './rejection.ts'
import * as rejections from './rejection.ts'
import { jsonFault, textFault } from './storable.ts'

/** What happened, in the form in which it is stored. */
export type Event = {
  readonly organizationId: string
  readonly id: string
  readonly eventType: string
  /** Whole microseconds since 1970. */
  readonly createdAt: number
  /** created_at lies so far ahead of our clock that it cannot be right; it is stored as it was sent. */
  readonly isClockSkewed: boolean
  readonly userId: string | null
  readonly endUserId: string | null
  readonly agentId: string | null
  readonly conversationId: string | null
  readonly resourceType: string | null
  readonly resourceId: string | null
  /** JSON. */
  readonly properties: string
}

/** The form that an item of a request has to have; `null` is the same as leaving a field out. */
type Item = Readonly<Record<string, unknown>>

export const EVENT_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'event_type',
  'created_at',
  'user_id',
  'end_user_id',
  'agent_id',
  'conversation_id',
  'resource_type',
  'resource_id',
  'properties',
])

export const MOST_CHARACTERS = 100
export const MOST_END_USER_ID_BYTES = 255
export const MOST_PROPERTIES_BYTES = 16_384
const OLDEST = Date.UTC(2000, 0, 1) * 1000
const SKEWED_AHEAD = 10 * 60 * 1_000_000
const DAY = 24 * 60 * 60 * 1_000_000
const REFUSED_AHEAD = DAY

/** What an item is judged by; `lateDays` refuses what is older, and is left out where events of any age come in. */
export type EventContext = {
  readonly organizationId: string
  readonly now: Date
  readonly lateDays?: number | undefined
}

/**
 * An item as the event that it is, or the reason why it is none. What is accepted is stored without a change, but for a
 * conversation that begins without an id: it gets one that follows from the event, the same however often it is sent.
 */
export function checkEvent(item: unknown, context: EventContext): Event | Rejection {
  if (!isObject(item)) return rejections.notAnEvent()
  const { id } = item
  if (typeof id !== 'string' || !isUuidV7(id)) return rejections.idInvalid()
  const createdAt = instantOf(item, id)
  if (createdAt === undefined) return rejections.createdAtInvalid()
  const ahead = createdAt - context.now.getTime() * 1000
  if (ahead > REFUSED_AHEAD) return rejections.createdAtAhead((item.created_at ?? null) === null)
  if (createdAt < OLDEST) return rejections.createdAtTooOld()
  const { lateDays } = context
  if (lateDays !== undefined && -ahead > lateDays * DAY) return rejections.eventTooLate(lateDays)
  const properties = item.properties ?? EMPTY
  const fault =
    fieldFault(item) ??
    typeFault(item.event_type) ??
    textFieldFault(item) ??
    personFault(item) ??
    propertiesFault(item.event_type, properties)
  if (fault !== undefined) return fault
  const json = properties === EMPTY ? '{}' : JSON.stringify(properties)
  if (!fitsBytes(json, MOST_PROPERTIES_BYTES))
    return rejections.propertiesInvalid(
      `take more than ${MOST_PROPERTIES_BYTES} bytes; send less, or a reference`,
    )
  return {
    organizationId: context.organizationId,
    id: id.toLowerCase(),
    eventType: item.event_type as string,
    createdAt,
    isClockSkewed: ahead > SKEWED_AHEAD,
    userId: uuidOf(item.user_id),
    endUserId: (item.end_user_id ?? null) as string | null,
    agentId: uuidOf(item.agent_id),
    conversationId: uuidOf(item.conversation_id) ?? begunConversation(item, context, id, createdAt),
    resourceType: (item.resource_type ?? null) as string | null,
    resourceId: uuidOf(item.resource_id),
    properties: json,
  }
}

/** Tells the two answers of {@link checkEvent} apart. */
export function isEvent(checked: Event | Rejection): checked is Event {
  return 'id' in checked
}

const EMPTY: Item = {}

function isObject(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function instantOf(item: Item, id: string): number | undefined {
  const sent = item.created_at ?? null
  if (sent === null) return timeOfUuidV7(id) * 1000
  return typeof sent === 'string' ? parseRfc3339(sent) : undefined
}

function uuidOf(value: unknown): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null
}

export const CONVERSATION_STARTED = 'conversation.started'

function begunConversation(item: Item, { organizationId }: EventContext, id: string, createdAt: number) {
  if (item.event_type !== CONVERSATION_STARTED) return null
  return deriveUuidV7(Math.floor(createdAt / 1000), organizationId, id.toLowerCase(), String(createdAt))
}

/** A field that is not known would be lost without a word, so it is refused; ids have to be UUIDs. */
function fieldFault(item: Item): Rejection | undefined {
  for (const field in item) if (!EVENT_FIELDS.has(field)) return rejections.fieldUnknown(field)
  // Written out: an engine reads a property by its name far faster than by a name in a list.
  return (
    uuidFault('user_id', item.user_id) ??
    uuidFault('agent_id', item.agent_id) ??
    uuidFault('conversation_id', item.conversation_id) ??
    uuidFault('resource_id', item.resource_id)
  )
}

function uuidFault(field: string, value: unknown): Rejection | undefined {
  if (value === undefined || value === null || (typeof value === 'string' && isUuid(value))) return undefined
  return rejections.uuidInvalid(field)
}

function typeFault(eventType: unknown): Rejection | undefined {
  if (typeof eventType !== 'string' || eventType === '')
    return rejections.textInvalid('event_type', 'must name what happened, like "message.created"')
  if (CONTROL_OR_EDGE_SPACE.test(eventType))
    return rejections.textInvalid(
      'event_type',
      'must not hold control characters, nor begin or end with space',
    )
  return nameFault('event_type', eventType)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL_OR_EDGE_SPACE = /[\u0000-\u001f\u007f]|^\s|\s$/

function textFieldFault({ end_user_id: endUserId = null, resource_type: resourceType = null }: Item) {
  if (resourceType !== null) {
    if (typeof resourceType !== 'string')
      return rejections.textInvalid('resource_type', 'must be text or be left out')
    const fault = nameFault('resource_type', resourceType)
    if (fault !== undefined) return fault
  }
  if (endUserId === null) return undefined
  if (typeof endUserId !== 'string')
    return rejections.textInvalid('end_user_id', 'must be text or be left out')
  if (endUserId === '')
    return rejections.textInvalid('end_user_id', 'must not be empty; leave it out where nobody is known')
  const fault = textFault(endUserId)
  if (fault !== undefined) return rejections.textInvalid('end_user_id', `${fault}; send the key without it`)
  if (!fitsBytes(endUserId, MOST_END_USER_ID_BYTES))
    return rejections.textInvalid(
      'end_user_id',
      `takes more than ${MOST_END_USER_ID_BYTES} bytes in UTF-8; send a hash of it`,
    )
  return undefined
}

/** Each of the two would count as a person of its own. */
function personFault({ user_id: userId = null, end_user_id: endUserId = null }: Item): Rejection | undefined {
  return userId !== null && endUserId !== null ? rejections.personAmbiguous() : undefined
}

/** PostgreSQL counts characters as code points, JavaScript as halves of surrogate pairs. */
function nameFault(field: string, name: string): Rejection | undefined {
  if (name.length > MOST_CHARACTERS && [...name].length > MOST_CHARACTERS)
    return rejections.textInvalid(field, `has more than ${MOST_CHARACTERS} characters`)
  const fault = textFault(name)
  return fault === undefined ? undefined : rejections.textInvalid(field, fault)
}

function propertiesFault(eventType: unknown, properties: unknown): Rejection | undefined {
  if (!isObject(properties))
    return rejections.propertiesInvalid('must be an object, like {"channel": "chat"}')
  const fault = jsonFault(properties)
  if (fault !== undefined) return rejections.propertiesInvalid(fault)
  return measuredPropertyFault(eventType, properties)
}

/** No character takes more than three bytes for each unit of its length. */
function fitsBytes(text: string, most: number): boolean {
  return text.length * 3 <= most || Buffer.byteLength(text) <= most
}
