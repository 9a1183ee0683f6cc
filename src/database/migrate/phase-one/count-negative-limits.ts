import type { MigrationSession } from '../session.ts'
import { asHost } from './acting-role.ts'
import { LIMITS } from './phase-one-tables.ts'
import type { PresentTable } from './read-tables.ts'

/** A limit column that a host brought, with numbers in it that no use can stay under. */
export interface NegativeLimit {
  column: string
  rows: number
}

/** Counts limits below 0, with which some say "unlimited". They are kept, and are to us limits that are reached. */
export async function countNegativeLimits(
  session: MigrationSession,
  present: readonly PresentTable[],
): Promise<NegativeLimit[]> {
  const organizations = present.find(({ name }) => name === 'organizations')
  if (!organizations) return []
  const found: NegativeLimit[] = []
  for (const column of Object.keys(LIMITS)) {
    if (organizations.columns.find(({ name }) => name === column)?.kind !== 'integer') continue
    const { rows } = await asHost(session, organizations.owner, () =>
      session.client.query<{ rows: number }>(
        `SELECT count(*)::int AS rows FROM public.organizations WHERE ${column} < 0`,
      ),
    )
    const negative = rows[0]?.rows ?? 0
    if (negative > 0) found.push({ column, rows: negative })
  }
  return found
}
