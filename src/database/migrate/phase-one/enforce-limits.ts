import pg from 'pg'
import { LOCK_TIMEOUT_MS, retryWhile, waitedForLock } from '../retry.ts'

export interface EnforcedLimit {
  table: string
  /** False where the limit had bound everybody before: on a table that Tenantry made, or when this ran already. */
  changed: boolean
}

/**
 * Makes the limits of users and agents bind every role that writes, a host's own among them; before, on tables that a
 * host brought, they bind Tenantry's roles alone. Both tables or neither. Rows that are over a limit stay.
 */
export async function enforceLimits(options: {
  url: string
  lockPatienceMs?: number
}): Promise<EnforcedLimit[]> {
  const client = new pg.Client({ connectionString: options.url, application_name: 'tenantry limits enforce' })
  client.on('error', () => {})
  await client.connect()
  try {
    return await retryWhile(waitedForLock, options.lockPatienceMs ?? 60_000, () => enforceOnce(client))
  } finally {
    await client.end()
  }
}

async function enforceOnce(client: pg.ClientBase): Promise<EnforcedLimit[]> {
  try {
    await client.query(
      `BEGIN; SET LOCAL lock_timeout = '${LOCK_TIMEOUT_MS}ms'; SET LOCAL search_path = public; SET LOCAL ROLE tenantry_owner`,
    )
    const { rows } = await client.query<{ table: string; form: string }>(`
      SELECT tgrelid::regclass::text AS table, pg_get_triggerdef(oid) AS form
      FROM pg_trigger WHERE tgname IN ('enforce_user_limit', 'enforce_agent_limit')
      ORDER BY 1 DESC`)
    const limits = rows.map(({ table, form }) => ({ table, form, changed: OURS_ALONE.test(form) }))
    for (const { table, form } of limits.filter(({ changed }) => changed)) {
      // OR REPLACE: there is no moment without the limit.
      await client.query(form.replace(/^CREATE TRIGGER/, 'CREATE OR REPLACE TRIGGER').replace(OURS_ALONE, ''))
      await client.query('UPDATE adopted_tables SET limits_enforced_at = now() WHERE table_name = $1', [
        table,
      ])
    }
    await client.query('COMMIT')
    return limits.map(({ table, changed }) => ({ table, changed }))
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** The condition as the server writes it back. */
const OURS_ALONE = / WHEN \(\(CURRENT_USER ~ '\^tenantry_'::text\)\)/
