import { setTimeout as pause } from 'node:timers/promises'
import { lockNotGranted } from '../errors.ts'
import type { MigrationSession } from '../session.ts'
import { alteringRole } from './acting-role.ts'

/**
 * Takes the strongest lock on all of a host's tables at once, inside the open transaction. Whoever comes after a waiting
 * lock waits too: so this first watches until no long transaction uses the tables, then asks for at most
 * {@link LOCK_BUDGET_MS} in all, and fails (55P03, to be tried again from the start) rather than keep the host waiting.
 */
export async function lockTables(
  session: MigrationSession,
  tables: readonly { name: string; owner: string }[],
  patienceMs: number,
): Promise<void> {
  const { client } = session
  await waitForLongTransactions(
    session,
    tables.map(({ name }) => name),
    patienceMs,
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

/** A transaction is long when it still holds the table at a second look; who it is shows without any right to see it. */
async function waitForLongTransactions(
  { client, superuser }: MigrationSession,
  tables: readonly string[],
  patienceMs: number,
): Promise<void> {
  const end = Date.now() + patienceMs
  let before = new Set<string>()
  for (;;) {
    const { rows } = await client.query<{ holder: string }>(
      `SELECT DISTINCT virtualtransaction AS holder FROM pg_locks
       WHERE locktype = 'relation' AND granted AND pid <> pg_backend_pid()
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND relation IN (SELECT to_regclass('public.' || name) FROM unnest($1::text[]) AS name)
         AND NOT ($2 AND mode = 'ShareUpdateExclusiveLock')`,
      [tables, superuser],
    )
    const seen = before
    if (!rows.some(({ holder }) => seen.has(holder)) && (rows.length === 0 || seen.size > 0)) return
    if (Date.now() > end)
      throw lockNotGranted(`The tables ${tables.join(', ')} are in use`, patienceMs / 1_000, undefined)
    before = new Set(rows.map(({ holder }) => holder))
    await pause(LOOK_AGAIN_MS)
  }
}

const LOCK_BUDGET_MS = 300
const LOOK_AGAIN_MS = 100
