/** The command that sends a first event, to be pasted as it stands; each has an event of its own. */
export function firstEvent({ organizationId, apiKey }: { organizationId: string; apiKey: string }): string {
  const event = `{"events": [{"id": "${uuidV7()}", "event_type": "message.created", "end_user_id": "visitor-1", "properties": {"tokens": 120, "response_time_ms": 850}}]}`
  return `curl "${location.origin}/v1/organizations/${organizationId}/events" \\
  -H "Authorization: Bearer ${apiKey}" -H "Content-Type: application/json" \\
  -d '${event}'`
}

/** An id that carries the present time, as events have. */
function uuidV7(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const time = Date.now()
  for (let n = 0; n < 6; n++) bytes[n] = Math.floor(time / 2 ** (8 * (5 - n))) % 256
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
