import pg from 'pg'

/** One statement on a connection of its own, for what cannot run beside others: databases and roles. */
export async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
