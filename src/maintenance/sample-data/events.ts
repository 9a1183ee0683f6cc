import type { EventRow } from './batch.ts'
import { iso } from './calendar.ts'
import type { Conversation } from './conversation.ts'
import type { History } from './history.ts'
import { Random } from './random.ts'
import type { SignIn } from './sign-ins.ts'
import type { Execution } from './workflows.ts'

/** The events that the product would have sent while it happened, with the same ids, figures and times as its rows. */
export function eventRows(organizationId: string, history: History): EventRow[] {
  const rows: EventRow[] = []
  for (const conversation of history.conversations) tellConversation(rows, organizationId, conversation)
  for (const execution of history.executions) tellExecution(rows, organizationId, execution)
  for (const signIn of history.signIns) tellSignIn(rows, organizationId, signIn)
  return rows.sort((one, other) => (one.created_at < other.created_at ? -1 : 1))
}

function tellConversation(rows: EventRow[], organizationId: string, conversation: Conversation): void {
  const { id, agent, member, endUserId, channel, startedAt, lines, rating, random } = conversation
  const tell = (
    type: string,
    at: number,
    properties: EventRow['properties'],
    messageId: string | null = null,
  ) =>
    rows.push({
      id: random.uuidAt(at),
      organization_id: organizationId,
      event_type: type,
      created_at: iso(at),
      user_id: member?.id ?? null,
      end_user_id: endUserId,
      agent_id: agent.id,
      conversation_id: id,
      resource_type: messageId === null ? null : 'message',
      resource_id: messageId,
      properties,
    })
  tell('conversation.started', startedAt, { channel })
  for (const { id: messageId, role, at, tokens, responseMs, failure } of lines) {
    if (failure !== null) tell('agent.error', at, failure)
    const measured = responseMs === null ? { role, tokens } : { role, tokens, response_time_ms: responseMs }
    tell('message.created', at, measured, messageId)
  }
  if (rating !== null) tell('conversation.rated', rating.at, { score: rating.score })
}

/** Told when it has ended, however it ended. */
function tellExecution(rows: EventRow[], organizationId: string, execution: Execution): void {
  const { id, workflow, status, startedAt, finishedAt } = execution
  if (finishedAt === null) return
  rows.push({
    ...NOTHING,
    id: new Random(id).uuidAt(finishedAt),
    organization_id: organizationId,
    event_type: 'workflow.executed',
    created_at: iso(finishedAt),
    resource_type: 'workflow',
    resource_id: workflow.id,
    properties: { status, duration_ms: finishedAt - startedAt },
  })
}

function tellSignIn(rows: EventRow[], organizationId: string, { member, at }: SignIn): void {
  rows.push({
    ...NOTHING,
    id: new Random(`${member.id} ${at}`).uuidAt(at),
    organization_id: organizationId,
    event_type: 'member.signed_in',
    created_at: iso(at),
    user_id: member.id,
    properties: {},
  })
}

const NOTHING = {
  user_id: null,
  end_user_id: null,
  agent_id: null,
  conversation_id: null,
  resource_type: null,
  resource_id: null,
}
