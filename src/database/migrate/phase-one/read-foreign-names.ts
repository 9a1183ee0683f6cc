import type pg from 'pg'
import type { MigrationFile } from '../files.ts'
import { PHASE_ONE } from './phase-one-tables.ts'
import type { PresentTable } from './read-tables.ts'

/** Says which names that our migrations are about to use belong to something else in the database. */
export async function readForeignNames(
  client: pg.ClientBase,
  files: readonly MigrationFile[],
  present: readonly PresentTable[],
): Promise<string[]> {
  const made = files.flatMap(file => file.statements.flatMap(({ text }) => madeBy(text)))
  const relations = made.filter(({ kind }) => kind !== 'function').map(({ name }) => name)
  const functions = made.filter(({ kind }) => kind === 'function').map(({ name }) => name)
  const types = [...relations, ...PHASE_ONE.map(({ name }) => name)]
  const { rows } = await client.query<{ what: string; owner: string }>(QUERY, [relations, functions, types])
  return [
    ...rows.map(
      ({ what, owner }) => `${what} exists and is not Tenantry's (its owner is ${owner}): rename it.`,
    ),
    ...(present.length > 0 ? await readOtherIndexes(client, files) : []),
  ]
}

interface Made {
  kind: 'relation' | 'function'
  name: string
}

function madeBy(statement: string): Made[] {
  const { kind, exists, name } = CREATE.exec(statement)?.groups ?? {}
  // What a host may have brought is adopted, or looked at below.
  if (!kind || !name || exists || PHASE_ONE.some(table => table.name === name)) return []
  return [{ kind: /function|procedure/i.test(kind) ? 'function' : 'relation', name }]
}

/** An index that a host made under a specified name does only where it is the specified one. */
async function readOtherIndexes(client: pg.ClientBase, files: readonly MigrationFile[]): Promise<string[]> {
  const others: string[] = []
  for (const { text } of files.flatMap(file => file.statements)) {
    const { name, rest } = INDEX_IF_ABSENT.exec(text)?.groups ?? {}
    if (!name || !rest) continue
    const { rows } = await client.query<{ form: string }>(
      `SELECT pg_get_indexdef(c.oid) AS form FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
       WHERE c.relnamespace = to_regnamespace('public') AND c.relname = $1 AND i.indisvalid`,
      [name],
    )
    const form = rows[0]?.form
    if (form && inOneForm(form.replace(/^.* ON /, '')) !== inOneForm(rest))
      others.push(`The index ${name} exists in another form (${form}): rename it.`)
  }
  return others
}

const inOneForm = (definition: string) =>
  definition
    .toLowerCase()
    .replace(/\bonly\s+|\bpublic\.|\busing\s+btree\b|"/g, '')
    .replace(/\s+/g, '')

const CREATE =
  /^create\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:materialized\s+)?(?<kind>table|view|index|sequence|type|domain|function|procedure)\s+(?:concurrently\s+)?(?<exists>if\s+not\s+exists\s+)?(?:public\.)?(?<name>[a-z_]\w*)/i

const INDEX_IF_ABSENT =
  /^create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?if\s+not\s+exists\s+(?<name>\w+)\s+on\s+(?<rest>[\s\S]+)$/i

const QUERY = `
  SELECT CASE c.relkind WHEN 'v' THEN 'the view ' WHEN 'm' THEN 'the materialized view ' WHEN 'f' THEN 'the foreign table '
      WHEN 'S' THEN 'the sequence ' WHEN 'i' THEN 'the index ' WHEN 'I' THEN 'the index ' WHEN 'c' THEN 'the type '
      ELSE 'the table ' END || c.relname AS what, pg_get_userbyid(c.relowner)::text AS owner
  FROM pg_class c
  WHERE c.relnamespace = to_regnamespace('public') AND c.relname = ANY ($1)
    AND pg_get_userbyid(c.relowner) <> 'tenantry_owner'
  UNION ALL
  SELECT 'the type ' || t.typname, pg_get_userbyid(t.typowner)
  FROM pg_type t
  WHERE t.typnamespace = to_regnamespace('public') AND t.typname = ANY ($3) AND t.typrelid = 0
    AND pg_get_userbyid(t.typowner) <> 'tenantry_owner'
  UNION ALL
  SELECT 'the function ' || p.proname, pg_get_userbyid(p.proowner)
  FROM pg_proc p
  WHERE p.pronamespace = to_regnamespace('public') AND p.proname = ANY ($2)
    AND pg_get_userbyid(p.proowner) <> 'tenantry_owner'
  UNION ALL
  SELECT 'the schema ' || nspname, pg_get_userbyid(nspowner)
  FROM pg_namespace
  WHERE nspname = 'graphile_worker' AND pg_get_userbyid(nspowner) <> 'tenantry_owner'
  ORDER BY 1`
