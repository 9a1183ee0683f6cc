import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/** The columns of a table, each with the type that PostgreSQL stores it in, or `text` or `enum` for any of these. */
export type Columns = ReadonlyMap<string, string>

/**
 * What a table of this domain looks like: where a host product brought it, only the columns that adoption asks for are
 * certain to be there. None where it has no organization_id, since its rows are then no organization's.
 */
export async function readColumns(
  tx: RoleTx,
  table: 'organizations' | 'conversations' | 'messages' | 'workflow_executions',
): Promise<Columns> {
  const { rows } = await sql<{ name: string; type: string }>`
    SELECT attname AS name, CASE WHEN base.typcategory = 'S' THEN 'text'
      WHEN base.typcategory = 'E' THEN 'enum' ELSE base.oid::regtype::text END AS type
    FROM pg_attribute JOIN pg_type AS declared ON declared.oid = atttypid
      JOIN pg_type AS base ON base.oid = CASE declared.typtype WHEN 'd' THEN declared.typbasetype ELSE declared.oid END
    WHERE attrelid = to_regclass(${`public.${table}`}) AND attnum > 0 AND NOT attisdropped`.execute(tx)
  const columns = new Map(rows.map(({ name, type }) => [name, type]))
  return table === 'organizations' || columns.get('organization_id') === 'uuid' ? columns : new Map()
}

/** The column as an instant, or NULL where the table has none; one without a zone is taken for UTC. */
export function instantOf(columns: Columns, alias: string, name: string): string {
  const type = columns.get(name)
  const column = `${alias}.${name}`
  if (type === 'timestamp with time zone') return `CASE WHEN isfinite(${column}) THEN ${column} END`
  if (type === 'timestamp without time zone')
    return `CASE WHEN isfinite(${column}) THEN ${column} AT TIME ZONE 'UTC' END`
  return 'NULL::timestamptz'
}

/** The column where it is there in that type, else NULL of it. */
export function columnOf(columns: Columns, alias: string, name: string, type: 'uuid' | 'text'): string {
  const present = columns.get(name)
  const fits = present === type || (type === 'text' && present === 'enum')
  return fits ? `${alias}.${name}::${type}` : `NULL::${type}`
}

/** The column where it is a number, else NULL. */
export function numberOf(columns: Columns, alias: string, name: string): string {
  const isNumber = /^(smallint|integer|bigint|numeric|real|double precision)$/.test(columns.get(name) ?? '')
  return isNumber ? `${alias}.${name}::float8` : 'NULL::float8'
}
