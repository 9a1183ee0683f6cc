import { setTimeout as pause } from 'node:timers/promises'
import type { MigrationSession } from '../session.ts'
import { alteringRole } from './acting-role.ts'

/**
 * Takes the strongest lock on all of a host's tables at once, inside the open transaction. Whoever comes after a waiting
 * lock waits too: so this first watches for a moment without long transactions, then asks for at most
 * {@link LOCK_BUDGET_MS} in all, and fails (55P03, to be tried again from the start) rather than keep the host waiting.
 */
export async function lockTables(
  session: MigrationSession,
  tables: readonly { name: string; owner: string }[],
): Promise<void> {
  const { client } = session
  await waitForQuietMoment(
    session,
    tables.map(({ name }) => name),
  )
  // An autovacuum gives way to a waiter after deadlock_timeout, which is longer than we wait; only a superuser may say so.
  if (session.superuser)
    await client.query(`SET LOCAL ROLE NONE; SET LOCAL deadlock_timeout = '${LOCK_BUDGET_MS / 4}ms'`)
  const end = Date.now() + LOCK_BUDGET_MS
  for (const { name, owner } of tables) {
    await client.query(
      `SET LOCAL ROLE ${alteringRole(session, owner)};
       SET LOCAL lock_timeout = '${Math.max(1, end - Date.now())}ms';
       LOCK TABLE public.${name} IN ACCESS EXCLUSIVE MODE`,
    )
  }
}

/**
 * Returns when no transaction uses the tables that has done so for longer than we would wait for it; at the latest after
 * {@link WATCH_MS}, as on a host with such transactions at all times only trying helps.
 */
async function waitForQuietMoment(session: MigrationSession, tables: readonly string[]): Promise<void> {
  const begun = Date.now()
  let since = new Map<string, number>()
  do {
    const now = Date.now()
    const holders = await readHolders(session, tables)
    since = new Map(holders.map(holder => [holder, since.get(holder) ?? now]))
    if (holders.length === 0) return
    // How long those of the first look had been there nobody knows.
    const areNew = [...since.values()].every(seen => now - seen < LOCK_BUDGET_MS)
    if (areNew && now - begun >= LOCK_BUDGET_MS) return
    await pause(LOOK_AGAIN_MS)
  } while (Date.now() - begun < WATCH_MS)
}

/** The transactions that hold a lock on the tables. Whose they are takes a right to see, that they are does not. */
async function readHolders(
  { client, superuser }: MigrationSession,
  tables: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ holder: string }>(
    `SELECT DISTINCT virtualtransaction AS holder FROM pg_locks
     WHERE locktype = 'relation' AND granted AND pid <> pg_backend_pid()
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND relation IN (SELECT to_regclass('public.' || name) FROM unnest($1::text[]) AS name)
       AND NOT ($2 AND mode = 'ShareUpdateExclusiveLock')`,
    [tables, superuser],
  )
  return rows.map(({ holder }) => holder)
}

const LOCK_BUDGET_MS = 300
const LOOK_AGAIN_MS = 50
const WATCH_MS = 5_000
