import type pg from 'pg'
import { inTenant } from '../../src/database/transaction.ts'
import { createSession } from '../../src/domains/identity/index.ts'
import { hashPassword } from '../../src/platform/password.ts'

/** What every member of the cast signs in with. */
export const PASSWORD = 'correct horse battery staple'

let hash: Promise<string> | undefined

/** Gives the member {@link PASSWORD} and, unless told otherwise, a verified address. */
export async function givePassword(
  admin: pg.Pool,
  user: { id: string },
  { verified = true }: { verified?: boolean } = {},
): Promise<void> {
  hash ??= hashPassword(PASSWORD)
  await admin.query(
    `INSERT INTO user_credentials (user_id, organization_id, password_hash, email_verified_at)
     SELECT id, organization_id, $2, CASE WHEN $3 THEN now() END FROM users WHERE id = $1
     ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, email_verified_at = excluded.email_verified_at`,
    [user.id, await hash, verified],
  )
}

/** The headers of a page's request by a member who is signed in anew; the member has a password from before. */
export async function openSession(
  database: { pool: pg.Pool },
  organization: { id: string; user: { id: string } },
  { now = new Date() }: { now?: Date } = {},
): Promise<{ headers: { cookie: string; origin: string }; sessionId: string; token: string }> {
  const { sessionId, token } = await inTenant(database.pool, organization.id, tx =>
    createSession(tx, { organizationId: organization.id, userId: organization.user.id, device: {}, now }),
  )
  return { headers: pageHeaders(token), sessionId, token }
}

/** What a browser sends along from a page of the test server. */
export function pageHeaders(token: string): { cookie: string; origin: string } {
  return { cookie: `__Host-tenantry_session=${token}`, origin: ORIGIN }
}

export const ORIGIN = 'http://127.0.0.1:3000'

/** The token that an answer sets, and the attributes of its cookie. */
export function cookieOf(answer: { headers: Record<string, unknown> }): { token: string; cookie: string } {
  const cookie = [answer.headers['set-cookie']].flat().map(String).join('\n')
  return { token: /tenantry_session\w*=([\w-]*)/.exec(cookie)?.[1] ?? '', cookie }
}
