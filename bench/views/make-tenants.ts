import pg from 'pg'
import { makeProductDatabase } from '../ingest/product-database.ts'

/** How many rows there are in all; an organization's share falls with its rank, as it does among real customers. */
export type Size = {
  organizations: number
  users: number
  agents: number
  conversations: number
  logs: number
}

export interface Tenants {
  /** The unprivileged login, as in DATABASE_URL. */
  url: string
  adminUrl: string
  /** The largest organization, and in it the member who made most. */
  largest: string
  busiest: { id: string; agents: number; logs: number }
  drop(): Promise<void>
}

/** The views as the specification writes them, for the sake of comparison, read by a superuser whom no policy slows down. */
const LITERAL = `
  CREATE SCHEMA literal;
  CREATE VIEW literal.user_activity_summary AS
  SELECT u.id AS user_id, u.email, u.first_name || ' ' || u.last_name AS full_name, u.organization_id, u.last_active_at,
    COUNT(DISTINCT a.id) AS agents_created, COUNT(DISTINCT al.id) AS activities_count
  FROM users u
  LEFT JOIN agents a ON u.id = a.user_id
  LEFT JOIN activity_logs al ON u.id = al.user_id
  GROUP BY u.id, u.email, u.first_name, u.last_name, u.organization_id, u.last_active_at;
  -- What the specification's database would have: our keys begin with the organization, which its views do not say.
  CREATE INDEX literal_agents_user ON agents (user_id);
  CREATE INDEX literal_logs_user ON activity_logs (user_id);`

/** A database of the product with organizations of very different sizes. */
export async function makeTenants(serverUrl: string, database: string, size: Size): Promise<Tenants> {
  const { url, adminUrl, drop } = await makeProductDatabase(serverUrl, database)
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await fill(admin, size)
    await admin.query(LITERAL)
    await admin.query('VACUUM ANALYZE')
    const { rows } = await admin.query<Tenants['busiest'] & { organization_id: string }>(BUSIEST)
    const [busiest] = rows
    if (busiest === undefined) throw new Error('there is no member')
    return { url, adminUrl, largest: busiest.organization_id, busiest, drop }
  } finally {
    await admin.end()
  }
}

async function fill(admin: pg.Client, { organizations, users, agents, conversations, logs }: Size) {
  // The exponent gives the largest of a thousand a tenth of everything.
  await admin.query(
    `CREATE TEMPORARY TABLE share AS
     SELECT n AS rank, gen_random_uuid() AS id, power(n, -0.9) / sum(power(n, -0.9)) OVER () AS part
     FROM generate_series(1, $1::integer) AS n`,
    [organizations],
  )
  await admin.query(
    `INSERT INTO organizations (id, name, subdomain, max_users, max_agents) SELECT id, 'Tenant ' || rank, 't' || rank, NULL, NULL FROM share`,
  )
  await admin.query(
    `INSERT INTO subscriptions (organization_id, plan, status) SELECT id, 'pro', 'active' FROM share WHERE rank % 3 = 0`,
  )
  const each = (total: number) =>
    `CROSS JOIN LATERAL generate_series(1, greatest(1, round(part * ${total})::integer)) AS n`
  await admin.query(
    `INSERT INTO users (organization_id, email, first_name, last_name) SELECT id, rank || '.' || n || '@bench.test', 'Ada', 'Lovelace' FROM share ${each(users)}`,
  )
  await admin.query(`
    CREATE TEMPORARY TABLE member AS
      SELECT organization_id, id, row_number() OVER (PARTITION BY organization_id ORDER BY id) - 1 AS number FROM users;
    CREATE UNIQUE INDEX ON member (organization_id, number);
    ALTER TABLE share ADD COLUMN members bigint;
    UPDATE share SET members = (SELECT count(*) FROM users WHERE organization_id = share.id);
    ANALYZE member, share`)
  // Within an organization a few do most: a power of a number between 0 and 1 is near 0 more often than not.
  const someone = (skew: number) => `JOIN member ON member.organization_id = share.id
    AND member.number = floor(members * power(((n * 7919) % 100003) / 100003.0, ${skew}))::bigint`
  await admin.query(
    `INSERT INTO agents (organization_id, user_id, name) SELECT share.id, member.id, 'Agent' FROM share ${each(agents)} ${someone(7.6)}`,
  )
  await admin.query(
    `INSERT INTO conversations (organization_id, status) SELECT id, CASE WHEN n % 5 = 0 THEN 'active' ELSE 'closed' END FROM share ${each(conversations)}`,
  )
  await admin.query(
    `INSERT INTO activity_logs (organization_id, user_id, actor_name, action_type, created_at)
     SELECT share.id, member.id, 'Ada', 'agent.updated', now() - (n % 450) * interval '1 day' FROM share ${each(logs)} ${someone(2.91)}`,
  )
}

const BUSIEST = `
  SELECT users.id, users.organization_id, made.agents, did.logs FROM users
  JOIN LATERAL (SELECT count(*)::integer AS agents FROM agents WHERE user_id = users.id) AS made ON true
  JOIN LATERAL (SELECT count(*)::integer AS logs FROM activity_logs WHERE user_id = users.id) AS did ON true
  WHERE users.organization_id = (SELECT organization_id FROM users GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
  ORDER BY made.agents DESC LIMIT 1`
