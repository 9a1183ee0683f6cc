import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { EVENT_COLUMNS, type EventRow } from './event-row.ts'
import { LEAST, MOST, type OrganizationTotals, SUMMED } from './manifest.ts'

/** The events of one organization in a span of time that is sealed, so that every read of it finds the same. */
export type Expired = { readonly organizationId: string; readonly from: Date; readonly before: Date }

/** Each page is one chunk, which later goes in one transaction. */
const ROWS_IN_PAGE = 5_000

/** The rows in the order of their key, a page at a time: no statement and no snapshot stays open between. */
export async function* readExpired(pool: pg.Pool, expired: Expired): AsyncGenerator<EventRow[]> {
  const { organizationId, from, before } = expired
  let position: readonly [createdAt: number, id: string] = [from.getTime() * 1_000, NIL_UUID]
  for (;;) {
    const { rows } = await inTenant(
      pool,
      organizationId,
      tx =>
        tx.client.query<unknown[]>({
          name: 'archive read expired',
          text: READ,
          values: [organizationId, before, ...position, ROWS_IN_PAGE],
          rowMode: 'array',
        }),
      'tenantry_jobs',
    )
    const page = rows as unknown[] as EventRow[]
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    if (page.length < ROWS_IN_PAGE) return
    position = [last[1], last[2]]
  }
}

/** What the database itself counts and adds up, in the order of the key, so that doubles come out the same to the bit. */
export async function sumExpired(
  pool: pg.Pool,
  { organizationId, from, before }: Expired,
): Promise<Pick<OrganizationTotals, 'events' | (typeof SUMMED)[number]>> {
  const { rows } = await inTenant(
    pool,
    organizationId,
    tx => tx.client.query({ text: SUM, values: [organizationId, from, before] }),
    'tenantry_jobs',
  )
  return rows[0]
}

const NIL_UUID = '00000000-0000-0000-0000-000000000000'

const READ = `
  SELECT ${EVENT_COLUMNS.map(({ select }) => select).join(', ')}
  FROM analytics_events
  WHERE organization_id = $1 AND created_at < $2
    AND created_at >= timestamptz 'epoch' + $3::bigint * interval '1 microsecond'
    AND (created_at, id) > (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4::uuid)
  ORDER BY created_at, id LIMIT $5`

const SUM = `
  SELECT count(*) AS events, ${SUMMED.map(name => `coalesce(sum(${name} ORDER BY created_at, id), 0) AS ${name}`)}
  FROM (
    SELECT created_at, id, ${SUMMED.map(
      name => `CASE WHEN ${name} BETWEEN ${LEAST} AND ${MOST} THEN ${name} END AS ${name}`,
    )}
    FROM (
      SELECT created_at, id, ${SUMMED.map(
        // A number beyond these would not fit a double, and the cast would fail.
        name => `CASE WHEN properties -> '${name}' BETWEEN '${LEAST / 10}' AND '${MOST * 10}'
          THEN (properties ->> '${name}')::double precision END AS ${name}`,
      )}
      FROM analytics_events WHERE organization_id = $1 AND created_at >= $2 AND created_at < $3
      OFFSET 0
    ) AS number
  ) AS measured`
