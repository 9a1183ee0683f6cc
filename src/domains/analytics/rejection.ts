/** Why one item was not stored. `code` is stable; `message` says what is wrong and what to do. */
export type Rejection = { readonly code: string; readonly message: string }

const rejection = (what: string, message: string): Rejection => ({ code: `analytics.${what}`, message })

export const notAnEvent = () =>
  rejection('event_invalid', 'An event is a JSON object with id and event_type.')

export const fieldUnknown = (field: string) =>
  rejection(
    'field_unknown',
    `An event has no field "${field.slice(0, 100)}". Put what is your own into properties.`,
  )

export const idInvalid = () =>
  rejection(
    'id_invalid',
    'id must be a UUID of version 7, made once by the sender: it makes a retry a no-op and carries the time.',
  )

export const uuidInvalid = (field: string) =>
  rejection(
    `${field}_invalid`,
    `${field} must be a UUID like 018f4e6e-7b2c-7d10-9c5e-2f1a0b3c4d5e, or be left out.`,
  )

export const textInvalid = (field: string, fault: string) =>
  rejection(`${field}_invalid`, `${field} ${fault}.`)

export const createdAtInvalid = () =>
  rejection(
    'created_at_invalid',
    'created_at must be an RFC 3339 timestamp with an offset, like 2026-11-22T09:30:00.123456Z.',
  )

export const createdAtTooOld = () =>
  rejection(
    'created_at_too_old',
    'Events are kept from 2000-01-01 on. Check the clock or the unit of created_at.',
  )

export const createdAtAhead = (isOfId: boolean) =>
  rejection(
    'created_at_ahead',
    `${isOfId ? 'The time in id' : 'created_at'} lies more than 24 hours ahead. Check the clock of the sender.`,
  )

export const eventTooLate = (days: number) =>
  rejection(
    'event_too_late',
    `created_at is more than ${days} days ago, and events are reported as they happen. Store older ones with "tenantry events import".`,
  )

export const daySealed = () =>
  rejection(
    'day_sealed',
    'The events of that day are archived, and its figures are final. Leave the event out.',
  )

export const propertiesInvalid = (fault: string) => rejection('properties_invalid', `properties ${fault}.`)

export const propertyInvalid = (property: string, eventType: string, range: string) =>
  rejection(`${property}_invalid`, `properties.${property} of ${eventType} must be ${range}.`)

export const agentUnknown = (agentId: string) =>
  rejection(
    'agent_unknown',
    `This organization has no agent ${agentId}. Register it with PUT /v1/organizations/{organizationId}/agents/${agentId} and send the event again.`,
  )

export const personAmbiguous = () =>
  rejection(
    'person_ambiguous',
    'An event counts one person. Send user_id for a member, or end_user_id for anybody else, and leave the other one out.',
  )

export const userUnknown = (userId: string) =>
  rejection(
    'user_unknown',
    `This organization has no member ${userId}. Send your own key of a person who is no member as end_user_id.`,
  )

export const eventRefused = (reason: string) =>
  rejection('event_refused', `The database refused this event: ${reason}. Correct it, or report this answer.`)

export const lineNotUtf8 = () =>
  rejection('line_not_utf8', 'The line is not UTF-8. Save the file in that encoding.')

export const lineNotJson = (reason: string) =>
  rejection('line_not_json', `The line is no JSON (${reason}). Write one event a line.`)

export const lineNotCsv = (reason: string) =>
  rejection('line_not_csv', `The line is no record of this CSV file (${reason}). Write it like the others.`)
