import type { MigrationSession } from '../session.ts'
import { asHost } from './acting-role.ts'
import type { PresentTable } from './read-tables.ts'

/** Rows of a host's table that belong to no organization. */
export interface Strays {
  table: string
  /** organization_id is NULL. */
  none: number
  /** organization_id names an organization that does not exist. */
  dangling: number
}

/** Counts the rows without an organization. They are kept, and no tenant ever sees one. */
export async function countStrays(
  session: MigrationSession,
  present: readonly PresentTable[],
): Promise<Strays[]> {
  const organizations = present.find(({ name }) => name === 'organizations')
  const found: Strays[] = []
  for (const { name, owner } of present.filter(table => LOOKED_AT.includes(table.name))) {
    // An owner of one table alone may not read the other.
    if (!organizations || (!session.superuser && organizations.owner !== owner)) continue
    const { rows } = await asHost(session, owner, () =>
      session.client.query<Omit<Strays, 'table'>>(
        `SELECT count(*) FILTER (WHERE t.organization_id IS NULL)::int AS none,
           count(t.organization_id)::int AS dangling
         FROM public.${name} AS t LEFT JOIN public.organizations AS o ON o.id = t.organization_id WHERE o.id IS NULL`,
      ),
    )
    const counted = rows[0]
    if (counted && counted.none + counted.dangling > 0) found.push({ table: name, ...counted })
  }
  return found
}

/** Of a host's messages there may be too many to count. */
const LOOKED_AT = ['users', 'agents', 'conversations']
