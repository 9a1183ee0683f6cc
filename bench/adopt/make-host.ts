import pg from 'pg'

/** How much a host product of the bench holds. */
export const SIZE = {
  organizations: 1_000,
  users: 20_000,
  agents: 10_000,
  conversations: 200_000,
  messages: Number(process.env.BENCH_MESSAGES ?? 2_000_000),
}

/** Makes a Phase 1 that is owned by a role which is no superuser, with one role that reads and one that writes. */
export async function makeHost(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  for (const role of ['bench_owner', 'bench_reader', 'bench_writer']) {
    await admin.query(
      `DO $$ BEGIN CREATE ROLE ${role} LOGIN PASSWORD 'bench'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    )
  }
  await admin.query('GRANT CREATE, USAGE ON SCHEMA public TO bench_owner')
  await admin.query('SET SESSION AUTHORIZATION bench_owner')
  await admin.query(TABLES)
  for (const statement of ROWS) await admin.query(statement)
  await admin.query(INDEXES)
  await admin.query('RESET SESSION AUTHORIZATION')
  await admin.query('VACUUM ANALYZE')
  await admin.query('CHECKPOINT')
  await admin.end()
}

const TABLES = `
  CREATE TABLE organizations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, subdomain text NOT NULL UNIQUE,
    plan text NOT NULL DEFAULT 'free', plan_status text NOT NULL DEFAULT 'active', created_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    email text NOT NULL UNIQUE, first_name text, last_name text, role text NOT NULL DEFAULT 'member',
    created_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE agents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    user_id uuid REFERENCES users, name text NOT NULL, is_active boolean NOT NULL DEFAULT true);
  CREATE TABLE conversations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    agent_id uuid REFERENCES agents, status text NOT NULL DEFAULT 'active', created_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE messages (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    conversation_id uuid NOT NULL, role text NOT NULL, content text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
  GRANT SELECT ON organizations, users, agents, conversations, messages TO bench_reader;
  GRANT SELECT, INSERT, UPDATE, DELETE ON organizations, users, agents, conversations, messages TO bench_writer;`

/** Ids are counted, so that the load can name rows that exist. */
const id = (kind: number, number: string) =>
  `(lpad('${kind}', 8, '0') || '-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`

const ROWS = [
  `INSERT INTO organizations (id, name, subdomain, plan)
   SELECT ${id(1, 'n')}, 'Organization ' || n, 'organization-' || n, (ARRAY['free', 'starter', 'pro', 'enterprise', 'gold'])[1 + n % 5]
   FROM generate_series(1, ${SIZE.organizations}) n`,
  `INSERT INTO users (id, organization_id, email, first_name, role)
   SELECT ${id(2, 'n')}, ${id(1, `1 + n % ${SIZE.organizations}`)}, 'user' || n || '@bench.test', 'User', (ARRAY['admin', 'member', 'editor'])[1 + n % 3]
   FROM generate_series(1, ${SIZE.users}) n`,
  `INSERT INTO agents (id, organization_id, user_id, name)
   SELECT ${id(3, 'n')}, ${id(1, `1 + n % ${SIZE.organizations}`)}, ${id(2, 'n')}, 'Agent ' || n
   FROM generate_series(1, ${SIZE.agents}) n`,
  `INSERT INTO conversations (id, organization_id, agent_id)
   SELECT ${id(4, 'n')}, ${id(1, `1 + n % ${SIZE.organizations}`)}, ${id(3, `1 + n % ${SIZE.agents}`)}
   FROM generate_series(1, ${SIZE.conversations}) n`,
  `INSERT INTO messages (organization_id, conversation_id, role, content, created_at)
   SELECT ${id(1, `1 + n % ${SIZE.organizations}`)}, ${id(4, `1 + n % ${SIZE.conversations}`)}, 'user',
     repeat('something that was said ', 1 + n % 12), now() - n * interval '5 seconds'
   FROM generate_series(1, ${SIZE.messages}) n`,
]

const INDEXES = 'CREATE INDEX messages_conversation ON messages (conversation_id)'
