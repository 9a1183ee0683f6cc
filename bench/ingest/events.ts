import { randomBytes } from 'node:crypto'

/** An organization of the bench, with what its events may name. */
export interface Sender {
  id: string
  key: string
  agents: string[]
  users: string[]
}

export interface BenchEvent {
  id: string
  event_type: string
  created_at: string
  user_id: string
  agent_id: string
  conversation_id: string
  resource_type: string
  resource_id: string
  properties: Record<string, string | number>
}

const TYPES = ['message.created', 'conversation.started', 'agent.viewed', 'page.viewed', 'workflow.executed']
const RESOURCES = ['message', 'conversation', 'agent', 'workflow']
let made = 0

/** An event that no call before has given: a body that repeats would measure duplicates. */
export function newEvent(sender: Sender): BenchEvent {
  const n = made++
  const now = Date.now()
  return {
    id: newUuidV7(now),
    event_type: TYPES[n % TYPES.length] as string,
    created_at: `${new Date(now).toISOString().slice(0, -1)}${String(n % 1000).padStart(3, '0')}Z`,
    user_id: sender.users[n % sender.users.length] as string,
    agent_id: sender.agents[n % sender.agents.length] as string,
    conversation_id: numbered(5, n % 5000),
    resource_type: RESOURCES[n % RESOURCES.length] as string,
    resource_id: numbered(6, n % 2000),
    properties: { source: 'web', channel: 'chat', tokens: n % 900, response_time_ms: 200 + (n % 3000) },
  }
}

/** A UUID that is the same in every run. */
export const numbered = (kind: number, n: number) =>
  `0000000${kind}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

function newUuidV7(now: number): string {
  const time = now.toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}
