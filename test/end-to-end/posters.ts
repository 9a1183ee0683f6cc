import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import type { EventRow } from '../domains/analytics/write-events.ts'

type Target = { url: string; organizationId: string; agentId: string; authorization: string }

/** What was sent, and what of it the server has said to have stored. */
export type Posted = {
  sent: Map<string, EventRow>
  acknowledged: Set<string>
  answers: number
  failures: number
}

/**
 * Clients that post without a pause until `until`. A request that was not answered is sent again until it is, or, every
 * second time, never again: then only the server knows whether it was stored.
 */
export async function postEvents(
  target: Target,
  options: { clients: number; until: number },
): Promise<Posted> {
  const posted: Posted = { sent: new Map(), acknowledged: new Set(), answers: 0, failures: 0 }
  await Promise.all(Array.from({ length: options.clients }, () => postUntil(target, options.until, posted)))
  return posted
}

async function postUntil(target: Target, until: number, posted: Posted): Promise<void> {
  let batch = newBatch(target)
  while (Date.now() < until) {
    for (const event of batch) posted.sent.set(event.id, event)
    const stored = await post(target, batch).catch(() => false)
    if (stored) {
      posted.answers += 1
      for (const { id } of batch) posted.acknowledged.add(id)
      batch = newBatch(target)
    } else {
      posted.failures += 1
      if (posted.failures % 2 === 0) batch = newBatch(target)
      await pause(50)
    }
  }
}

/** True where the whole batch is stored; false where the server says that it cannot now. */
async function post(
  { url, organizationId, authorization }: Target,
  batch: readonly EventRow[],
): Promise<boolean> {
  const answer = await fetch(`${url}/v1/organizations/${organizationId}/events`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ events: batch.map(({ organization_id: _, ...event }) => event) }),
    signal: AbortSignal.timeout(10_000),
  })
  const body = (await answer.json()) as { inserted: number; duplicates: number }
  if (answer.status === 503) return false
  if (answer.status !== 200 || body.inserted + body.duplicates !== batch.length)
    throw new Error(`${answer.status} ${JSON.stringify(body)}`)
  return true
}

function newBatch({ organizationId, agentId }: Target): EventRow[] {
  return Array.from({ length: randomInt(1, 20) }, () => ({
    id: uuidv7(),
    organization_id: organizationId,
    event_type: pick([
      'message.created',
      'message.created',
      'conversation.started',
      'conversation.rated',
      'agent.error',
    ]),
    created_at: new Date(Date.now() - randomInt(3 * 24 * 60 * 60 * 1_000)).toISOString(),
    agent_id: pick([agentId, null]),
    end_user_id: `visitor ${randomInt(500)}`,
    properties: { tokens: randomInt(1_000), response_time_ms: randomInt(10_000), score: randomInt(1, 6) },
  }))
}

function pick<T>(choices: readonly T[]): T {
  return choices[randomInt(choices.length)] as T
}
