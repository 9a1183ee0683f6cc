import type pg from 'pg'
import { hashSecret, isSecret } from '../../platform/secret.ts'
import { type MemberRole, parseRole } from '../organizations/index.ts'
import { isOpen } from './session.ts'

/** Who is signed in, and what they may do. */
export type SessionIdentity = {
  readonly sessionId: string
  readonly organizationId: string
  readonly userId: string
  readonly role: MemberRole
  readonly isEmailVerified: boolean
}

/**
 * The identity of a session that is open at this moment, or undefined. Asked of the database with every request, so
 * that an ended session, a disabled member and a changed role count from the very next one.
 */
export async function findSession(
  pool: pg.Pool,
  input: { token: string; now: Date },
): Promise<SessionIdentity | undefined> {
  if (!isSecret(input.token)) return undefined
  const { rows } = await pool.query<Row>('SELECT * FROM find_session($1)', [hashSecret(input.token)])
  const row = rows[0]
  if (row === undefined) return undefined
  if (!isOpen({ createdAt: row.created_at, lastSeenAt: row.last_seen_at }, input.now)) return undefined
  return {
    sessionId: row.session_id,
    organizationId: row.organization_id,
    userId: row.user_id,
    role: parseRole(row.role),
    isEmailVerified: row.is_email_verified,
  }
}

type Row = {
  session_id: string
  organization_id: string
  user_id: string
  role: string
  is_email_verified: boolean
  created_at: Date
  last_seen_at: Date
}
