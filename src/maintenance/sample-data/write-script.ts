import { RECOMPUTE_DAY } from '../../domains/analytics/index.ts'
import type { Batch } from './batch.ts'
import { columnsOf } from './columns.ts'
import { generateSample } from './generate.ts'
import { monthsOf } from './load-sample.ts'
import type { SampleInput } from './scale.ts'

/** So many rows in one INSERT: long enough to be fast, short enough for an editor. */
const MOST_ROWS = 500

/**
 * The sample as a script for psql: the same rows as {@link loadSample} writes, and the statement of the live roll-up for
 * every day of theirs, in one transaction of the owner of the tables. It needs no program of ours to run.
 */
export function* writeScript(input: SampleInput): Generator<string> {
  yield HEAD
  for (const month of monthsOf(input.now)) yield `SELECT ensure_event_partition(${literal(month)});\n`
  for (const batch of generateSample(input)) yield* insertStatements(batch)
  yield `\nPREPARE tenantry_sample_metrics AS ${RECOMPUTE_DAY.trim()};\n`
  yield FOOT
}

const HEAD = `-- Sample data of Tenantry, for a freshly migrated database: psql -f FILE, as a role that may become tenantry_owner.
\\set ON_ERROR_STOP on
\\set QUIET on
BEGIN ISOLATION LEVEL READ COMMITTED;
SET LOCAL ROLE tenantry_owner;
LOCK TABLE organizations IN SHARE ROW EXCLUSIVE MODE;
DO $$
BEGIN
  IF EXISTS (SELECT FROM organizations) THEN
    RAISE EXCEPTION 'this database holds organizations already; a sample is only put into one without any';
  END IF;
END
$$;
`

const FOOT = `DO $$
DECLARE
  day record;
BEGIN
  FOR day IN
    SELECT DISTINCT organizations.id, day_of(event.created_at, organizations.time_zone) AS date
    FROM organizations JOIN analytics_events AS event ON event.organization_id = organizations.id
  LOOP
    EXECUTE format('EXECUTE tenantry_sample_metrics (%1$L, %2$L, (metrics_day(%1$L, %2$L)).begins,
      (metrics_day(%1$L, %2$L)).ends, ''-infinity'')', day.id, day.date);
  END LOOP;
END
$$;
DEALLOCATE tenantry_sample_metrics;
REFRESH MATERIALIZED VIEW mv_organization_metrics;
COMMIT;
`

function* insertStatements({ table, rows }: Batch): Generator<string> {
  const columns = columnsOf(rows)
  for (let start = 0; start < rows.length; start += MOST_ROWS) {
    const values = rows
      .slice(start, start + MOST_ROWS)
      .map(
        (row: Readonly<Record<string, unknown>>) => `(${columns.map(name => literal(row[name])).join(', ')})`,
      )
    yield `INSERT INTO ${table} (${columns.join(', ')}) VALUES\n${values.join(',\n')};\n`
  }
}

/** An array is one of text[], an object is JSON. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(', ')}]::text[]`
  return literal(JSON.stringify(value))
}
