import type pg from 'pg'

/**
 * The member who has this address, in whichever organization, or undefined. Runs as the login itself, before any
 * tenant is known; what it finds is never told to anybody who only knows the address.
 */
export async function findUserByEmail(
  pool: pg.Pool,
  email: string,
): Promise<{ organizationId: string; userId: string } | undefined> {
  const { rows } = await pool.query<{ organizationId: string; userId: string }>(
    'SELECT organization_id AS "organizationId", user_id AS "userId" FROM find_user_by_email($1)',
    [email],
  )
  return rows[0]
}
