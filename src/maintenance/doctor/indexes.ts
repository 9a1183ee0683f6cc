import { type Finding, failed, orOk, type Subject } from './finding.ts'

/** No index was left half-built: such a one costs every write, serves no read and guards no uniqueness. */
export async function indexes({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<{ name: string; relation: string }>(`
    SELECT indexrelid::regclass::text AS name, indrelid::regclass::text AS relation
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE NOT indisvalid AND relnamespace = ANY (ARRAY[to_regnamespace('public'), to_regnamespace('graphile_worker')])
    ORDER BY 1`)
  return orOk(
    rows.map(({ name, relation }) =>
      failed(`the index ${name} on ${relation} is INVALID: building it failed half-way`, 'rebuild it', [
        `REINDEX INDEX CONCURRENTLY ${name};`,
      ]),
    ),
    'no index is INVALID',
  )
}
