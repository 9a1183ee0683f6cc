import type pg from 'pg'
import { LOCK_TIMEOUT_MS, retryWhile, waitedForLock } from '../retry.ts'

interface Partition {
  name: string
  oid: number
  partitioned: boolean
  /** Whether its index is part of the whole one already. */
  attached: boolean
}

interface Index {
  name: string
  table: string
  /** What follows the table's name: the columns, and what else there is. */
  form: string
}

/**
 * Indexes a partitioned table without stopping its writers: each partition CONCURRENTLY, then the table as a whole by
 * attaching what was built (PostgreSQL does not do this by itself). Can be run again after having been killed.
 */
export async function indexPartitions(
  client: pg.ClientBase,
  index: Index,
  patienceMs: number,
): Promise<void> {
  const { name, table, form } = index
  const atOnce = (sql: string) => runAtOnce(client, sql, patienceMs)
  await atOnce(`CREATE INDEX IF NOT EXISTS ${name} ON ONLY ${table} ${form}`)
  for (const partition of await readPartitions(client, name, table)) {
    if (partition.attached) continue
    const part = { name: `${name}_${partition.oid}`, table: partition.name, form }
    if (partition.partitioned) await indexPartitions(client, part, patienceMs)
    else await indexPartition(client, part, patienceMs)
    await atOnce(`ALTER INDEX ${name} ATTACH PARTITION ${part.name}`)
  }
}

/** Others wait for these, so they do not wait long themselves. */
function runAtOnce(client: pg.ClientBase, sql: string, patienceMs: number): Promise<unknown> {
  return retryWhile(waitedForLock, patienceMs, () =>
    client.query(`SET lock_timeout = '${LOCK_TIMEOUT_MS}ms'; ${sql}`),
  )
}

async function indexPartition(client: pg.ClientBase, index: Index, patienceMs: number): Promise<void> {
  const { name, table, form } = index
  await client.query(`SET lock_timeout = '${patienceMs}ms'`)
  const { rowCount } = await client.query(
    'SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
    [name],
  )
  if (rowCount !== 0) await client.query(`DROP INDEX CONCURRENTLY ${name}`)
  await client.query(`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name} ON ${table} ${form}`)
}

async function readPartitions(client: pg.ClientBase, index: string, table: string): Promise<Partition[]> {
  const { rows } = await client.query<Partition>(
    `SELECT c.oid::regclass::text AS name, c.oid, c.relkind = 'p' AS partitioned,
       EXISTS (SELECT FROM pg_inherits i JOIN pg_index x ON x.indexrelid = i.inhrelid
               WHERE i.inhparent = to_regclass($1) AND x.indrelid = c.oid) AS attached
     FROM pg_inherits p JOIN pg_class c ON c.oid = p.inhrelid
     WHERE p.inhparent = to_regclass($2) ORDER BY c.relname`,
    [index, table],
  )
  return rows
}
