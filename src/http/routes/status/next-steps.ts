import type { SameDatabase } from '../../../platform/same-database.ts'

export type Step = { readonly text: string; readonly command: string }

/** The way from nothing to a figure, as commands that can be pasted into a shell one after another. */
export function nextSteps({ url, database, exampleEventId, today }: Start): readonly Step[] {
  const tenantry = `${database.prefix}npx tenantry`
  return [
    {
      text: 'An organization is a customer of your product.',
      command: `ORGANIZATION=$(${tenantry} organization create \\
  --name Acme --subdomain acme --owner-email ada@acme.example)`,
    },
    {
      text: 'Your product sends events with a key of that organization. It is shown this once.',
      command: `KEY=$(${tenantry} api-key create --organization "$ORGANIZATION" \\
  --scope events:write --scope metrics:read)`,
    },
    {
      text: 'An agent answered a visitor.',
      command: `curl -sSw "\\n" "${url}/v1/organizations/$ORGANIZATION/events" \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d '
  {"events": [{"id": "${exampleEventId}", "event_type": "message.created",
    "end_user_id": "visitor-1", "properties": {"tokens": 120, "response_time_ms": 850}}]}'`,
    },
    {
      text: 'What the day amounts to.',
      command: `curl -sSw "\\n" -H "Authorization: Bearer $KEY" \\
  "${url}/v1/organizations/$ORGANIZATION/metrics/daily?from=${today}&to=${today}"`,
    },
  ]
}

export type Start = {
  readonly url: string
  readonly database: SameDatabase
  readonly exampleEventId: string
  readonly today: string
}
