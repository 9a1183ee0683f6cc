import { sql } from 'kysely'
import type { RetentionPolicy } from '../../database/retention-policy.ts'

/** Logs move into activity_logs_archive after a year; critical ones never do. The page of an organization reads both. */
export const ACTIVITY_LOG_RETENTION: RetentionPolicy = {
  table: 'activity_logs',
  keptDays: 365,
  async removeBatch(tx, { before, most }) {
    const { rows } = await sql<{ moved: number }>`
      SELECT archive_activity_logs(${before}, ${most}) AS moved`.execute(tx)
    return rows[0]?.moved ?? 0
  },
}

/**
 * What decides who may do what, or tells that somebody tried to take an account over: asked about years later, so its logs
 * stay for ever. Whatever else happens is an activity like many.
 */
const CRITICAL: ReadonlySet<string> = new Set([
  'organization.created',
  'user.created',
  'user.removed',
  'user.role_changed',
  'user.email_changed',
  'user.password_changed',
  'user.password_reset',
  'user.sign_in_locked',
  'api_key.created',
  'api_key.rotated',
  'api_key.revoked',
])

export const isCritical = (actionType: string): boolean => CRITICAL.has(actionType)
