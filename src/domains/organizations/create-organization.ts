import { violatesUnique } from '../../database/constraint-violation.ts'
import type { RoleTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { createUser } from './create-user.ts'
import { organizationInvalid, subdomainTaken } from './errors.ts'
import { hostRefusal } from './host-refusal.ts'
import { parseEmail } from './member.ts'
import { parseOrganizationName, parseSubdomain } from './organization.ts'
import { limitsOfPlan } from './plan.ts'
import { recordActivity } from './record-activity.ts'
import { parseTimeZone, requireKnownTimeZone } from './time-zone.ts'

/** Makes an organization with the limits of its plan and the one member who owns it: both or neither. */
export async function createOrganization(
  tx: RoleTx,
  input: NewOrganization,
): Promise<{ id: string; ownerId: string }> {
  const { name, subdomain, plan, timeZone, ownerEmail } = parse(input)
  await requireKnownTimeZone(tx, timeZone)
  const { id } = await tx
    .insertInto('organizations')
    .values({ name, subdomain, plan, time_zone: timeZone, ...limitsOfPlan(plan) })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(error => {
      if (violatesUnique(error, 'organizations', 'subdomain')) throw subdomainTaken(subdomain)
      throw hostRefusal(error, 'organizations') ?? error
    })
  await recordActivity(tx, {
    organizationId: id,
    actor: input.actor,
    actionType: 'organization.created',
    resource: { type: 'organization', id, name },
    metadata: { plan },
  })
  const owner = await createUser(tx, {
    organizationId: id,
    email: ownerEmail,
    firstName: input.ownerFirstName,
    lastName: input.ownerLastName,
    role: 'owner',
    actor: input.actor,
  })
  return { id, ownerId: owner.id }
}

export type NewOrganization = {
  readonly name: string
  readonly subdomain: string
  readonly ownerEmail: string
  readonly ownerFirstName?: string | undefined
  readonly ownerLastName?: string | undefined
  /** free where absent. */
  readonly plan?: string | undefined
  /** UTC where absent. */
  readonly timeZone?: string | undefined
  readonly actor?: Actor | undefined
}

function parse(input: NewOrganization) {
  const plan = input.plan ?? 'free'
  if (plan.length > 50 || !/^[a-z0-9][a-z0-9_.-]*$/.test(plan))
    throw organizationInvalid(
      `"${plan}" is no plan. Use free, starter, pro, enterprise, or a plan of your own in small letters.`,
    )
  return {
    name: parseOrganizationName(input.name),
    subdomain: parseSubdomain(input.subdomain),
    plan,
    timeZone: parseTimeZone(input.timeZone ?? 'UTC'),
    ownerEmail: parseEmail(input.ownerEmail),
  }
}
