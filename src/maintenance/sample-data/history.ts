import type { SampleAgent } from './agents.ts'
import { DAY, dateOf, startOfDay } from './calendar.ts'
import type { Conversation } from './conversation.ts'
import { conversationsOf } from './conversations.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import { HISTORY_DAYS } from './scale.ts'
import { type SignIn, signInsOf } from './sign-ins.ts'
import { type Execution, executionsOf, type Workflow } from './workflows.ts'

/** All that happened in an organization in the days of the history. */
export type History = {
  readonly conversations: readonly Conversation[]
  readonly executions: readonly Execution[]
  readonly signIns: readonly SignIn[]
  readonly lastActiveAt: ReadonlyMap<string, number>
  readonly usage: ReadonlyMap<string, DayUsage>
}

/** What a day (UTC) is billed by; the same counts as its metrics. */
export type DayUsage = { messages: number; tokens: number; workflow_executions: number }

export function makeHistory(
  organization: SampleOrganization,
  people: { members: readonly Member[]; agents: readonly SampleAgent[]; workflows: readonly Workflow[] },
  now: number,
): History {
  const conversations: Conversation[] = []
  // From the day before to the day after: days elsewhere begin and end at other times than in UTC.
  for (let ago = HISTORY_DAYS; ago >= -1; ago--)
    conversations.push(...conversationsOf(organization, people, startOfDay(now) - ago * DAY, now))
  const executions = executionsOf(organization, people.workflows, now)
  const signIns = signInsOf(organization, people.members, now)
  return {
    conversations,
    executions,
    signIns,
    lastActiveAt: lastActiveAt(conversations, signIns),
    usage: usageOf(conversations, executions),
  }
}

function lastActiveAt(
  conversations: readonly Conversation[],
  signIns: readonly SignIn[],
): Map<string, number> {
  const last = new Map<string, number>()
  const see = (id: string, at: number) => last.set(id, Math.max(at, last.get(id) ?? 0))
  for (const { member, at } of signIns) see(member.id, at)
  for (const { member, startedAt } of conversations) if (member !== null) see(member.id, startedAt)
  return last
}

function usageOf(
  conversations: readonly Conversation[],
  executions: readonly Execution[],
): Map<string, DayUsage> {
  const days = new Map<string, DayUsage>()
  const dayOf = (at: number) => {
    const date = dateOf(at)
    const day = days.get(date) ?? { messages: 0, tokens: 0, workflow_executions: 0 }
    days.set(date, day)
    return day
  }
  for (const { lines } of conversations)
    for (const { at, tokens } of lines) {
      const day = dayOf(at)
      day.messages++
      day.tokens += tokens
    }
  for (const { finishedAt } of executions) if (finishedAt !== null) dayOf(finishedAt).workflow_executions++
  return days
}
