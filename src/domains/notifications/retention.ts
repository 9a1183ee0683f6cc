import { sql } from 'kysely'
import type { RetentionPolicy } from '../../database/retention-policy.ts'

/** A notification goes 30 days after it was read; one that was not stays for ever. */
export const READ_NOTIFICATION_RETENTION: RetentionPolicy = {
  table: 'notifications',
  keptDays: 30,
  async removeBatch(tx, { before, most }) {
    const { rows } = await sql<{ removed: number }>`
      SELECT remove_read_notifications(${before}, ${most}) AS removed`.execute(tx)
    return rows[0]?.removed ?? 0
  },
}
