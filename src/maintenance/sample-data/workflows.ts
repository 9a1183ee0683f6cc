import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso, localInstant, MINUTE, startOfDay, weekdayOf } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import { HISTORY_DAYS } from './scale.ts'
import { WORKFLOW_FAILURES } from './texts/failures.ts'
import { INDUSTRIES } from './texts/industries.ts'

export type Workflow = {
  readonly id: string
  readonly name: string
  readonly madeBy: Member
  /** Runs on a working day; at weekends there are none. */
  readonly runs: number
  readonly seconds: number
}

export type Execution = {
  readonly id: string
  readonly workflow: Workflow
  readonly status: 'running' | 'succeeded' | 'failed' | 'cancelled'
  readonly error: string | null
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly items: number
}

const MOST = { free: 0, starter: 2, pro: 4, enterprise: 4 } as const

export function makeWorkflows(organization: SampleOrganization, members: readonly Member[]): Workflow[] {
  const random = organization.random.of('workflows')
  const names: readonly string[] = INDUSTRIES[organization.industry].workflows
  return names.slice(0, MOST[organization.plan]).map(name => ({
    id: random.uuid(),
    name,
    madeBy: random.pick(members.slice(0, 3)),
    runs: random.pick([1, 1, 2, 4, 6]),
    seconds: random.between(3, 90),
  }))
}

/** Every run of the history: most succeed, some fail, the last ones may still be under way. */
export function executionsOf(
  organization: SampleOrganization,
  workflows: readonly Workflow[],
  now: number,
): Execution[] {
  const first = Math.max(startOfDay(now) - (HISTORY_DAYS - 1) * DAY, organization.createdAt)
  const executions: Execution[] = []
  for (let day = startOfDay(first); day <= now; day += DAY) {
    if (weekdayOf(day) === 0 || weekdayOf(day) === 6) continue
    for (const workflow of workflows) {
      const random = organization.random.of(`${workflow.id} ${day}`)
      for (let run = 0; run < workflow.runs; run++) {
        const hour = 6 + (run * 14) / workflow.runs
        const startedAt = localInstant(
          organization.timeZone,
          day,
          hour * HOUR + random.integer(0, 4 * MINUTE),
        )
        const execution = makeExecution(workflow, startedAt, now, random)
        if (startedAt >= first && startedAt <= Math.min(now, organization.lastUseAt))
          executions.push(execution)
      }
    }
  }
  return executions
}

function makeExecution(
  workflow: Workflow,
  startedAt: number,
  now: number,
  random: SampleOrganization['random'],
): Execution {
  const id = random.uuid()
  const finishedAt = startedAt + Math.round(random.logNormal(workflow.seconds * 1_000, 0.5))
  const luck = random.unit()
  const items = random.integer(1, 240)
  const reason = random.pick(WORKFLOW_FAILURES)
  const base = { id, workflow, startedAt, items }
  if (finishedAt > now) return { ...base, status: 'running', error: null, finishedAt: null }
  if (luck < 0.045) return { ...base, status: 'failed', error: reason, finishedAt }
  if (luck < 0.055) return { ...base, status: 'cancelled', error: null, finishedAt }
  return { ...base, status: 'succeeded', error: null, finishedAt }
}

export function workflowRow(organization: SampleOrganization, workflow: Workflow): SampleRow<'workflows'> {
  const { id, name, madeBy, runs } = workflow
  const at = iso(organization.createdAt + 3 * DAY)
  return {
    id,
    organization_id: organization.id,
    user_id: madeBy.id,
    name,
    description: `${name}, ${runs === 1 ? 'once' : `${runs} times`} on every working day.`,
    definition: { trigger: { schedule: `${runs} a day` }, steps: ['fetch', 'decide', 'send'] },
    created_at: at,
    updated_at: at,
  }
}

export function executionRow(organizationId: string, execution: Execution): SampleRow<'workflow_executions'> {
  const { id, workflow, status, error, startedAt, finishedAt, items } = execution
  return {
    id,
    organization_id: organizationId,
    workflow_id: workflow.id,
    status,
    input: { items },
    output: status === 'succeeded' ? { done: items } : null,
    error,
    started_at: iso(startedAt),
    finished_at: finishedAt === null ? null : iso(finishedAt),
    created_at: iso(startedAt),
  }
}
