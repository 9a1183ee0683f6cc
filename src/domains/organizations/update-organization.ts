import { violatesUnique } from '../../database/constraint-violation.ts'
import type { TenantTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { subdomainTaken } from './errors.ts'
import { hostRefusal } from './host-refusal.ts'
import { type Organization, parseOrganizationName, parseSubdomain } from './organization.ts'
import { readOrganization } from './read-organization.ts'
import { recordActivity } from './record-activity.ts'
import { parseTimeZone, requireKnownTimeZone } from './time-zone.ts'

/** What its members may change of an organization; what is left out stays as it is. */
export type OrganizationChange = {
  readonly name?: string | undefined
  readonly subdomain?: string | undefined
  readonly timeZone?: string | undefined
}

/** Changes what is given and differs; the same again changes nothing and is recorded once. Gives it as it is now. */
export async function updateOrganization(
  tx: TenantTx,
  input: OrganizationChange & { readonly actor: Actor },
): Promise<Organization> {
  const given = {
    ...(input.name === undefined ? {} : { name: parseOrganizationName(input.name) }),
    ...(input.subdomain === undefined ? {} : { subdomain: parseSubdomain(input.subdomain) }),
    ...(input.timeZone === undefined ? {} : { timeZone: parseTimeZone(input.timeZone) }),
  }
  await tx
    .selectFrom('organizations')
    .select('id')
    .where('id', '=', tx.organizationId)
    .forNoKeyUpdate() // two at once: each records what it changed of what the other left
    .executeTakeFirst()
  const before = await readOrganization(tx)
  const changed = { ...before, ...given }
  const fields = FIELDS.filter(field => changed[field] !== before[field])
  if (fields.length === 0) return before
  if (fields.includes('timeZone')) await requireKnownTimeZone(tx, changed.timeZone)
  const { name, subdomain, timeZone } = changed
  await tx
    .updateTable('organizations')
    .set({ name, subdomain, time_zone: timeZone })
    .where('id', '=', tx.organizationId)
    .execute()
    .catch(error => {
      if (violatesUnique(error, 'organizations', 'subdomain')) throw subdomainTaken(subdomain)
      throw hostRefusal(error, 'organizations') ?? error
    })
  await recordActivity(tx, {
    organizationId: tx.organizationId,
    actor: input.actor,
    actionType: 'organization.updated',
    resource: { type: 'organization', id: tx.organizationId, name },
    metadata: Object.fromEntries(
      fields.map(field => [COLUMNS[field], { from: before[field], to: changed[field] }]),
    ),
  })
  return changed
}

const COLUMNS = { name: 'name', subdomain: 'subdomain', timeZone: 'time_zone' } as const
const FIELDS = ['name', 'subdomain', 'timeZone'] as const
