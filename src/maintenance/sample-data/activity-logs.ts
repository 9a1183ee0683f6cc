import type { SampleAgent } from './agents.ts'
import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import type { Random } from './random.ts'
import type { Subscription } from './subscriptions.ts'

type Row = SampleRow<'activity_logs'>
type Deed = {
  readonly at: number
  readonly actor: Member
  readonly action: string
  readonly resource: readonly [type: string, id: string, name: string]
  readonly metadata?: Row['metadata']
  readonly isCritical?: boolean
}
type Subjects = {
  readonly members: readonly Member[]
  readonly agents: readonly SampleAgent[]
  readonly subscriptions: readonly Subscription[]
  readonly today: number
}

/**
 * What happened in the organization since it was made. What is more than 13 months old lies in the archive, but for what
 * is critical, which never leaves the log; what became a year old in the last month waits for the archive.
 */
export function activityRows(
  organization: SampleOrganization,
  subjects: Subjects,
): { log: Row[]; archive: Row[] } {
  const random = organization.random.of('activity')
  const deeds = [...foundations(organization, subjects), ...routine(organization, subjects, random)]
  const rows = deeds
    .filter(({ at }) => at >= organization.createdAt && at < subjects.today)
    .sort((one, other) => one.at - other.at)
    .map(deed => ({ deed, row: rowOf(organization.id, deed, random) }))
  const isArchived = ({ at, isCritical }: Deed) => isCritical !== true && at < subjects.today - 395 * DAY
  return {
    log: rows.filter(({ deed }) => !isArchived(deed)).map(({ row }) => row),
    archive: rows.filter(({ deed }) => isArchived(deed)).map(({ row }) => row),
  }
}

/** What left something behind that is still there to be seen. */
function foundations(organization: SampleOrganization, { members, agents, subscriptions }: Subjects): Deed[] {
  const { id, name, plan, timeZone, createdAt } = organization
  const [owner] = members
  if (owner === undefined) return []
  return [
    {
      at: createdAt,
      actor: owner,
      action: 'organization.created',
      resource: ['organization', id, name],
      metadata: { plan },
      isCritical: true,
    },
    {
      at: createdAt + HOUR,
      actor: owner,
      action: 'organization.updated',
      resource: ['organization', id, name],
      metadata: { time_zone: { from: 'UTC', to: timeZone } },
    },
    ...members.map(
      (member): Deed => ({
        at: member.joinedAt,
        actor: member,
        action: 'user.created',
        resource: ['user', member.id, member.email],
        metadata: { role: member.role },
      }),
    ),
    ...agents.map(
      (agent): Deed => ({
        at: agent.launchedAt,
        actor: agent.madeBy,
        action: 'agent.registered',
        resource: ['agent', agent.id, agent.name],
        metadata: { is_active: true },
      }),
    ),
    ...agents
      .filter(agent => !agent.isActive)
      .map(
        (agent): Deed => ({
          at: agent.retiredAt,
          actor: agent.madeBy,
          action: 'agent.deactivated',
          resource: ['agent', agent.id, agent.name],
        }),
      ),
    ...subscriptions.map(
      (subscription): Deed => ({
        at: subscription.startedAt,
        actor: owner,
        action: 'billing.plan_changed',
        resource: ['subscription', subscription.id, subscription.plan],
        metadata: { plan: subscription.plan },
        isCritical: true,
      }),
    ),
  ]
}

/** What members do now and then, all through the years. */
function routine(
  organization: SampleOrganization,
  { members, agents, today }: Subjects,
  random: Random,
): Deed[] {
  const { createdAt } = organization
  const deeds: Deed[] = []
  const monthly = 1 + members.length / 2
  for (let day = createdAt + DAY; day < today; day += DAY) {
    const present = members.filter(member => member.joinedAt < day)
    for (let count = random.count(monthly / 30); count > 0; count--) {
      const actor = random.pickSkewed(present)
      const agent = random.pick(agents)
      const deed = random.pickWeighted<Omit<Deed, 'at' | 'actor'> & { weight: number }>(
        [
          {
            action: 'agent.updated',
            resource: ['agent', agent.id, agent.name],
            metadata: { fields: ['settings'] },
            weight: 5,
          },
          {
            action: 'user.profile_changed',
            resource: ['user', actor.id, actor.name],
            metadata: { fields: ['job_title'] },
            weight: 2,
          },
          {
            action: 'user.role_changed',
            resource: ['user', actor.id, actor.name],
            metadata: { role: actor.role },
            isCritical: true,
            weight: 1,
          },
        ],
        ({ weight }) => weight,
      )
      deeds.push({ ...deed, at: day + random.integer(0, DAY / 2), actor })
    }
  }
  return deeds
}

function rowOf(
  organizationId: string,
  { at, actor, action, resource, metadata, isCritical }: Deed,
  random: Random,
): Row {
  const [type, id, name] = resource
  return {
    id: random.uuid(),
    organization_id: organizationId,
    user_id: actor.id,
    actor_name: actor.name,
    action_type: action,
    resource_type: type,
    resource_id: id,
    resource_name: name,
    metadata: metadata ?? null,
    ip_address: actor.ipAddress,
    created_at: iso(at),
    is_critical: isCritical ?? false,
  }
}
