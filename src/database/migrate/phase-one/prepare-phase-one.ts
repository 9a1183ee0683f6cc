import type pg from 'pg'
import type { MigrationSession } from '../session.ts'
import { asHost } from './acting-role.ts'
import { isExactly, needsTenantKey } from './find-misfits.ts'
import { readHostTables } from './read-host-tables.ts'

/**
 * Gives a host's tables the unique keys (organization_id, id) that our foreign keys refer to, without ever stopping a
 * reader or a writer. What a killed run left unfinished is dropped and made again; what is there is kept.
 */
export async function preparePhaseOne(session: MigrationSession): Promise<void> {
  const { client } = session
  const present = await readHostTables(client)
  const lacking = present.filter(
    ({ name, uniqueKeys }) =>
      needsTenantKey(name, present) && !uniqueKeys.some(isExactly(['organization_id', 'id'])),
  )
  for (const { name, owner } of lacking) {
    const index = `${name}_organization_id_id_key`
    await asHost(session, owner, async () => {
      // It waits for every transaction that is open, but nobody waits for it.
      await client.query('SET lock_timeout = 0; SET search_path = public')
      if (await isUnfinished(client, name, index)) await client.query(`DROP INDEX CONCURRENTLY ${index}`)
      await client.query(`CREATE UNIQUE INDEX CONCURRENTLY ${index} ON ${name} (organization_id, id)`)
    })
  }
  await client.query('RESET lock_timeout; RESET search_path')
}

async function isUnfinished(client: pg.ClientBase, table: string, index: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND indrelid = to_regclass($2) AND NOT indisvalid',
    [index, table],
  )
  return rowCount !== 0
}
