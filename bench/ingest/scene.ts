import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { numbered, type Sender } from './events.ts'
import { makeProductDatabase, type ProductDatabase } from './product-database.ts'

export interface Scene extends ProductDatabase {
  senders: Sender[]
}

const SENDERS = 20
const AGENTS = 10
const USERS = 100

/** A database of the product, migrated and filled with organizations that have an API key each. */
export async function makeScene(serverUrl: string, database: string): Promise<Scene> {
  const product = await makeProductDatabase(serverUrl, database)
  return { ...product, senders: await fill(product.adminUrl) }
}

async function fill(adminUrl: string): Promise<Sender[]> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const senders = Array.from({ length: SENDERS }, (_, n) => ({
    id: numbered(1, n),
    key: `tny_${randomBytes(32).toString('base64url')}`,
    agents: Array.from({ length: AGENTS }, (_, agent) => numbered(4, n * AGENTS + agent)),
    users: Array.from({ length: USERS }, (_, user) => numbered(2, n * USERS + user)),
  }))
  for (const [n, { id, key, agents, users }] of senders.entries()) {
    await admin.query(
      'INSERT INTO organizations (id, name, subdomain, max_users, max_agents) VALUES ($1, $2, $2, NULL, NULL)',
      [id, `bench-${n}`],
    )
    await admin.query(
      `INSERT INTO agents (id, organization_id, name) SELECT agent, $1, 'Agent' FROM unnest($2::uuid[]) AS agent`,
      [id, agents],
    )
    await admin.query(
      `INSERT INTO users (id, organization_id, email) SELECT u, $1, u || '@bench.test' FROM unnest($2::uuid[]) AS u`,
      [id, users],
    )
    await admin.query(
      `INSERT INTO api_keys (organization_id, name, key_prefix, key_hash, scopes) VALUES ($1, 'Bench', $2, $3, '{events:write}')`,
      [id, key.slice(0, 12), createHash('sha256').update(key).digest('hex')],
    )
  }
  await admin.query('VACUUM ANALYZE')
  await admin.end()
  return senders
}
