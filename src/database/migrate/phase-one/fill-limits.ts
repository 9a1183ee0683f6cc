import pg from 'pg'
import { alteringRole } from './acting-role.ts'
import { lockTables } from './lock-tables.ts'
import { LIMITS, PLAN_LIMITS } from './phase-one-tables.ts'
import { type Limit, type OrganizationUse, readUse } from './read-use.ts'
import { inShortTransaction, type UnfinishedTable } from './short-transaction.ts'

/**
 * Gives each organization the limits of its plan, or its present use where that is higher, so that nobody is over a
 * limit on the day of the migration; enterprise and unknown plans stay unlimited. Then new organizations get the default.
 */
export async function fillLimits(unfinished: UnfinishedTable): Promise<void> {
  // A host's own column of that name holds what the host decided.
  const limits = LIMIT_NAMES.filter(name => unfinished.adopted.columnsAdded.includes(name))
  if (limits.length === 0) return
  const filled = await fillAll(unfinished, limits)
  const { session, table, options } = unfinished
  const defaults = limits.map(name => `ALTER COLUMN ${name} SET DEFAULT ${LIMITS[name]}`).join(', ')
  await inShortTransaction(unfinished, alteringRole(session, table.owner), async client => {
    await lockTables(session, [table])
    await client.query(`ALTER TABLE organizations ${defaults}`)
  })
  // Those that the host made until the default was there.
  filled.push(...(await fillAll(unfinished, limits)))
  for (const line of describe(filled, limits)) options.report(line)
}

async function fillAll(unfinished: UnfinishedTable, limits: readonly Limit[]): Promise<OrganizationUse[]> {
  const filled: OrganizationUse[] = []
  for (;;) {
    const batch = await fillBatch(unfinished, limits)
    if (batch.length === 0) return filled
    filled.push(...batch)
  }
}

/** What is in use is counted as our owner, who sees all tables, and written as theirs, in whose rights their triggers run. */
function fillBatch(unfinished: UnfinishedTable, limits: readonly Limit[]): Promise<OrganizationUse[]> {
  const { table, adopted } = unfinished
  const writer = adopted.hostRowSecurity ? 'tenantry_owner' : pg.escapeIdentifier(table.owner)
  return inShortTransaction(unfinished, 'tenantry_owner', async client => {
    const batch = await readUse(client, limits)
    if (batch.length === 0) return batch
    await client.query(`SET LOCAL ROLE ${writer}`)
    const { rowCount } = await client.query(
      `UPDATE organizations AS o SET ${limits.map(limit => `${limit} = v.${limit}`).join(', ')}
       FROM jsonb_to_recordset($1) AS v(id uuid, ${limits.map(limit => `${limit} int8`).join(', ')}) WHERE o.id = v.id`,
      [JSON.stringify(batch.map(organization => ({ id: organization.id, ...limitsOf(organization) })))],
    )
    if (rowCount !== batch.length)
      throw new Error(`of ${batch.length} organizations ${rowCount} could be changed`)
    return batch
  })
}

function limitsOf({ plan, use }: OrganizationUse): Record<Limit, number> {
  const allowed = PLAN_LIMITS[plan] ?? LIMITS
  return {
    max_users: Math.max(allowed.max_users, use.max_users),
    max_agents: Math.max(allowed.max_agents, use.max_agents),
    max_messages: Math.max(allowed.max_messages, use.max_messages),
    max_storage: Math.max(allowed.max_storage, use.max_storage),
  }
}

function describe(filled: readonly OrganizationUse[], limits: readonly Limit[]): string[] {
  const counts = Object.keys(PLAN_LIMITS).map(
    plan => `${plan} ${filled.filter(each => each.plan === plan).length}`,
  )
  const raised = filled.flatMap(each => {
    const over = limits.filter(limit => each.use[limit] > (PLAN_LIMITS[each.plan] ?? LIMITS)[limit])
    return over.length > 0
      ? [`${each.id} (${each.plan}) ${over.map(limit => `${limit} ${each.use[limit]}`).join(', ')}`]
      : []
  })
  const more = raised.length > SHOWN ? [`and ${raised.length - SHOWN} more`] : []
  return [
    `organizations: limits filled from the plan (${counts.join(', ')}); those of all other plans are unlimited`,
    ...(raised.length === 0
      ? []
      : [
          `organizations: ${raised.length} use more than their plan allows, and their limit is what they use: ${[...raised.slice(0, SHOWN), ...more].join('; ')}`,
        ]),
  ]
}

const LIMIT_NAMES = Object.keys(LIMITS) as Limit[]
const SHOWN = 20
