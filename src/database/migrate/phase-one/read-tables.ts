import type pg from 'pg'
import type { ColumnKind } from './phase-one-tables.ts'

export interface PresentColumn {
  name: string
  /** As the host declared it. */
  type: string
  kind: ColumnKind | 'other'
  notNull: boolean
  hasDefault: boolean
}

/** A relation that bears the name of a Phase 1 table, as the catalog describes it before we touch it. */
export interface PresentTable {
  name: string
  /** r: table, p: partitioned table; all else is no table to us. */
  relationKind: string
  owner: string
  /** As last analysed; null where it never was. */
  rows: number | null
  rowSecurity: boolean
  columns: PresentColumn[]
  /** The columns of each key that a foreign key may refer to, sorted. */
  uniqueKeys: string[][]
  constraints: string[]
  /** Whose next value a default of the table takes: who inserts must be allowed to. */
  sequences: string[]
  policies: { name: string; permissive: boolean; roles: string[] }[]
  /** Triggers that run in the rights of whoever writes, ours included. */
  invokerTriggers: string[]
}

/** Reads what is there under the names of `tables`. Reads the catalog only, and is given no right to do so. */
export async function readTables(client: pg.ClientBase, tables: readonly string[]): Promise<PresentTable[]> {
  const { rows } = await client.query<PresentTable>(QUERY, [tables])
  return rows
}

const QUERY = `
  SELECT c.relname::text AS name, c.relkind AS "relationKind", pg_get_userbyid(c.relowner)::text AS owner,
    CASE WHEN c.reltuples >= 0 THEN c.reltuples::int8 END AS rows, c.relrowsecurity AS "rowSecurity",
    coalesce((SELECT json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
        'hasDefault', a.atthasdef OR a.attidentity <> '',
        'kind', CASE
          WHEN b.oid = 'uuid'::regtype THEN 'uuid'
          WHEN b.oid = 'jsonb'::regtype THEN 'jsonb'
          WHEN b.oid IN ('timestamp'::regtype, 'timestamptz'::regtype) THEN 'instant'
          WHEN b.oid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) THEN 'integer'
          WHEN b.typcategory = 'B' THEN 'boolean'
          WHEN b.typcategory IN ('S', 'E') THEN 'text'
          ELSE 'other' END) ORDER BY a.attnum)
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]') AS columns,
    coalesce((SELECT json_agg(
        (SELECT json_agg(a.attname ORDER BY a.attname) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])))
      FROM pg_index i
      WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
        AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnatts = i.indnkeyatts), '[]') AS "uniqueKeys",
    ARRAY(SELECT conname::text FROM pg_constraint WHERE conrelid = c.oid) AS constraints,
    ARRAY(SELECT DISTINCT s.oid::regclass::text
      FROM pg_attrdef d
      JOIN pg_depend n ON n.classid = 'pg_attrdef'::regclass AND n.objid = d.oid AND n.refclassid = 'pg_class'::regclass
      JOIN pg_class s ON s.oid = n.refobjid AND s.relkind = 'S'
      WHERE d.adrelid = c.oid) AS sequences,
    coalesce((SELECT json_agg(json_build_object('name', p.polname, 'permissive', p.polpermissive, 'roles',
        ARRAY(SELECT CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r)::text END FROM unnest(p.polroles) r)))
      FROM pg_policy p WHERE p.polrelid = c.oid), '[]') AS policies,
    ARRAY(SELECT t.tgname::text FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
      WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND NOT f.prosecdef
        AND pg_get_userbyid(f.proowner) <> 'tenantry_owner' AND f.proname <> 'update_updated_at_column'
      ORDER BY t.tgname) AS "invokerTriggers"
  FROM pg_class c
  WHERE c.relnamespace = to_regnamespace('public') AND c.relname = ANY ($1)
    AND pg_get_userbyid(c.relowner) <> 'tenantry_owner'
  ORDER BY array_position($1, c.relname::text)`
