import type { MigrationSession } from '../session.ts'
import { asHost } from './acting-role.ts'
import type { PresentTable } from './read-tables.ts'

/** What a host wrote into a column whose words have a meaning for us, and that has none. */
export interface UnknownValues {
  table: string
  column: string
  values: { value: string | null; rows: number }[]
}

/** Counts the plans, statuses and roles of the host that mean nothing to us. They are kept as they are. */
export async function countUnknownValues(
  session: MigrationSession,
  present: readonly PresentTable[],
): Promise<UnknownValues[]> {
  const found: UnknownValues[] = []
  for (const { table, column, known } of VOCABULARIES) {
    const there = present.find(({ name }) => name === table)
    if (there?.columns.find(({ name }) => name === column)?.kind !== 'text') continue
    const { rows } = await asHost(session, there.owner, () =>
      session.client.query<{ value: string | null; rows: number }>(
        `SELECT ${column}::text AS value, count(*)::int AS rows FROM public.${table}
         WHERE ${column} IS NULL OR NOT lower(${column}::text) = ANY ($1)
         GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`,
        [known],
      ),
    )
    if (rows.length > 0) found.push({ table, column, values: rows })
  }
  return found
}

export const ORGANIZATION_ROLES = ['owner', 'admin', 'member', 'viewer']

const VOCABULARIES = [
  { table: 'organizations', column: 'plan', known: ['free', 'starter', 'pro', 'enterprise'] },
  {
    table: 'organizations',
    column: 'plan_status',
    known: [
      'active',
      'trialing',
      'past_due',
      'canceled',
      'paused',
      'unpaid',
      'incomplete',
      'incomplete_expired',
    ],
  },
  { table: 'users', column: 'role', known: ORGANIZATION_ROLES },
  { table: 'conversations', column: 'status', known: ['active', 'closed', 'archived'] },
]
