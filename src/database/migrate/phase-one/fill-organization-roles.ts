import pg from 'pg'
import { inShortTransaction, type UnfinishedTable } from './short-transaction.ts'

/**
 * Takes each user's role from the host's column `role` where its word is one of ours, and makes the earliest user of an
 * organization without an owner its owner, so that every organization has somebody who may do everything.
 */
export async function fillOrganizationRoles(unfinished: UnfinishedTable): Promise<void> {
  const { adopted, table, options } = unfinished
  if (!adopted.columnsAdded.includes('organization_role')) return
  const role = table.columns.find(({ name }) => name === 'role')
  const hasRole = role?.kind === 'text'
  const taken = hasRole ? await inBatches(unfinished, readRoles) : 0
  if (hasRole)
    options.report(`users: ${taken} took owner, admin or viewer from users.role; all others are member`)
  else
    options.report(
      `users: ${role ? `users.role is ${role.type}, which holds no words` : 'there is no users.role'}, so everybody is member`,
    )
  const owners = await inBatches(unfinished, readEarliest(unfinished))
  if (owners > 0)
    options.report(`users: ${owners} became owner as the earliest user of an organization that had none`)
}

type Read = (client: pg.ClientBase) => Promise<{ id: string; role: string }[]>

async function inBatches(unfinished: UnfinishedTable, read: Read): Promise<number> {
  const { table, adopted } = unfinished
  const writer = adopted.hostRowSecurity ? 'tenantry_owner' : pg.escapeIdentifier(table.owner)
  for (let done = 0; ; ) {
    const changed = await inShortTransaction(unfinished, 'tenantry_owner', async client => {
      const users = await read(client)
      if (users.length === 0) return 0
      await client.query(`SET LOCAL ROLE ${writer}`)
      const { rowCount } = await client.query(
        `UPDATE users AS u SET organization_role = v.role
         FROM jsonb_to_recordset($1) AS v(id uuid, role text) WHERE u.id = v.id`,
        [JSON.stringify(users)],
      )
      if (rowCount !== users.length) throw new Error(`of ${users.length} users ${rowCount} could be changed`)
      return rowCount
    })
    if (changed === 0) return done
    done += changed
  }
}

const readRoles: Read = async client => {
  const { rows } = await client.query<{ id: string; role: string }>(`
    SELECT id, lower(role::text) AS role FROM users
    WHERE organization_role = 'member' AND lower(role::text) IN ('owner', 'admin', 'viewer')
    LIMIT 1000 FOR NO KEY UPDATE`)
  return rows
}

/** Where the host does not say when a user came, the smallest id stands for the earliest. */
function readEarliest({ table, adopted }: UnfinishedTable): Read {
  const says = table.columns.some(
    ({ name, kind, type }) => name === 'created_at' && (kind === 'instant' || type === 'date'),
  )
  const earliest = says && !adopted.columnsAdded.includes('created_at') ? 'u.created_at, u.id' : 'u.id'
  return async client => {
    const { rows } = await client.query<{ id: string; role: string }>(`
      SELECT DISTINCT ON (u.organization_id) u.id, 'owner' AS role FROM users AS u
      JOIN organizations AS g ON g.id = u.organization_id
      WHERE NOT EXISTS (
        SELECT FROM users AS o WHERE o.organization_id = u.organization_id AND o.organization_role = 'owner')
      ORDER BY u.organization_id, ${earliest}
      LIMIT 1000`)
    return rows
  }
}
