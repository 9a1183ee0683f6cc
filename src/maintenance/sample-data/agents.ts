import type { SampleRow } from './batch.ts'
import { DAY, iso } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import { HISTORY_DAYS } from './scale.ts'
import { type AgentKind, INDUSTRIES } from './texts/industries.ts'
import type { Topic } from './texts/topic.ts'

export type SampleAgent = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly model: string
  readonly topics: readonly Topic[]
  readonly madeBy: Member
  readonly isActive: boolean
  readonly launchedAt: number
  /** No conversation begins after it. */
  readonly retiredAt: number
  /** Members talk to it, and nobody else does. */
  readonly isInternal: boolean
  /** How much of all conversations it gets, beside the others. */
  readonly share: number
  readonly responseMs: number
  readonly errorRate: number
  /** How often a rating is the best one. */
  readonly satisfaction: number
}

const MODELS = [
  'claude-sonnet-4-5',
  'gpt-5-mini',
  'claude-haiku-4-5',
  'llama-3.3-70b',
  'mistral-medium-3',
] as const

/** Two versions of the first agents of large organizations: an old one that was replaced in the middle of the history. */
export function makeAgents(
  organization: SampleOrganization,
  members: readonly Member[],
  now: number,
): SampleAgent[] {
  const { plan, industry, createdAt } = organization
  const random = organization.random.of('agents')
  const kinds: readonly AgentKind[] = INDUSTRIES[industry].agents
  const internal = kinds.length - 1
  const used = plan === 'free' ? kinds.slice(0, 1) : plan === 'starter' ? kinds.slice(0, 2) : kinds
  const agents = used.map((kind, index): SampleAgent => {
    const early = createdAt + random.between(1, 6) * DAY
    const late = now - random.between(20, HISTORY_DAYS - 20) * DAY
    return {
      id: random.uuid(),
      ...kind,
      model: random.pick(MODELS),
      madeBy: random.pick(members.slice(0, 3)),
      isActive: true,
      launchedAt: Math.floor(index === 2 ? Math.max(early, late) : early),
      retiredAt: Number.POSITIVE_INFINITY,
      isInternal: index === internal,
      share: index === internal ? 0.25 : 1 / (index + 1),
      responseMs: random.between(700, 2_600),
      errorRate: random.between(0.004, 0.02),
      satisfaction: random.between(0.5, 0.75),
    }
  })
  const [first] = agents
  if (first === undefined || plan === 'free' || plan === 'starter') return agents
  // The first one has a predecessor that was slower and failed more, until it was replaced.
  const replacedAt = Math.floor(now - random.between(50, 65) * DAY)
  if (replacedAt < createdAt + 10 * DAY) return agents
  const predecessor: SampleAgent = {
    ...first,
    id: random.uuid(),
    name: `${first.name} (old)`,
    isActive: false,
    retiredAt: replacedAt,
    responseMs: first.responseMs * 1.9,
    errorRate: first.errorRate * 2.5,
    satisfaction: first.satisfaction - 0.2,
  }
  return [{ ...first, launchedAt: replacedAt }, ...agents.slice(1), predecessor]
}

export function agentRow(organization: SampleOrganization, agent: SampleAgent): SampleRow<'agents'> {
  return {
    id: agent.id,
    organization_id: organization.id,
    user_id: agent.madeBy.id,
    name: agent.name,
    description: agent.description,
    model: agent.model,
    settings: { temperature: agent.isInternal ? 0.2 : 0.4, language: 'auto' },
    is_active: agent.isActive,
    created_at: iso(agent.launchedAt),
    updated_at: iso(agent.isActive ? agent.launchedAt : agent.retiredAt),
  }
}
