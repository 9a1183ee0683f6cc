import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
let fresh: TestDatabase
let before: Record<string, unknown[]>
let lines: string[]
let foreseen: string[]
let afterDryRun: Record<string, unknown[]>

beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  fresh = await createTestDatabase()
  before = await rowsOf(TABLES)
  foreseen = await host.migrate({ dryRun: true })
  afterDryRun = await rowsOf([...TABLES])
  lines = await host.migrate()
})
afterAll(async () => {
  await host?.drop()
  await fresh?.drop()
})

const TABLES = ['organizations', 'users', 'agents', 'conversations', 'messages', 'workflows', 'user_changes']

async function rowsOf(tables: readonly string[]): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const table of tables) rows[table] = (await host.admin.query(`SELECT * FROM ${table} ORDER BY 1`)).rows
  return rows
}

describe('what was there', () => {
  // The host's own triggers write these when limits and roles are filled.
  const WRITTEN_BY_TRIGGERS = ['updated_at', 'revision']

  test.each(TABLES.filter(table => table !== 'user_changes'))(
    'every row of %s is kept as it was',
    async table => {
      const after = (await rowsOf([table]))[table]
      const columns = Object.keys(before[table]?.[0] ?? {}).filter(
        column => !WRITTEN_BY_TRIGGERS.includes(column),
      )
      expect(pick(after, columns)).toEqual(pick(before[table], columns))
    },
  )

  test("the host's function, password hashes and owner stay", async () => {
    const { rows } = await host.admin.query(`
      SELECT prosrc, (SELECT array_agg(password_hash ORDER BY password_hash) FROM users) AS hashes,
        (SELECT array_agg(DISTINCT relowner::regrole::text) FROM pg_class
         WHERE relname IN ('organizations', 'users', 'agents', 'conversations', 'messages', 'workflows')) AS owners
      FROM pg_proc WHERE proname = 'update_updated_at_column'`)
    expect(rows[0].prosrc).toContain('NEW.revision = OLD.revision + 1')
    expect(rows[0].hashes).toEqual(['scrypt$1', 'scrypt$2', 'scrypt$3', 'scrypt$4', 'scrypt$5'])
    expect(rows[0].owners).toEqual([host.role('host_owner')])
  })

  test('no check is put on a column of the host', async () => {
    const { rows } = await host.admin.query(`
      SELECT conname FROM pg_constraint
      WHERE contype = 'c' AND conrelid IN ('organizations'::regclass, 'users'::regclass, 'agents'::regclass,
        'conversations'::regclass, 'messages'::regclass) ORDER BY 1`)
    expect(rows.map(row => row.conname)).toEqual([
      'organizations_max_agents_check',
      'organizations_max_messages_check',
      'organizations_max_storage_check',
      'organizations_max_users_check',
      'organizations_time_zone_check',
      'users_organization_role_check',
      'users_preferences_check',
    ])
  })

  test('a table without an organization is left alone', async () => {
    const { rows } = await host.admin.query(
      `SELECT relrowsecurity, relacl FROM pg_class WHERE relname = 'workflows'`,
    )
    expect(rows).toEqual([{ relrowsecurity: false, relacl: null }])
  })
})

describe('what is new', () => {
  test('every column of ours is there, of the type that it has where Tenantry made the table', async () => {
    const query = `
      SELECT attrelid::regclass || '.' || attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
      WHERE attrelid IN ('organizations'::regclass, 'users'::regclass, 'agents'::regclass) AND attnum > 0 AND NOT attisdropped`
    const adopted = new Map((await host.admin.query(query)).rows.map(row => [row.name, row.type]))
    const missing = (await fresh.admin.query(query)).rows.filter(({ name }) => !adopted.has(name))
    expect(missing).toEqual([])
  })

  test('our policies, rights, keys, indexes and triggers are those of a database that Tenantry made', async () => {
    for (const query of [POLICIES, RIGHTS, OUR_TABLES]) {
      const [adopted, made] = await Promise.all([host.admin.query(query), fresh.admin.query(query)])
      expect(made.rows.length).toBeGreaterThan(4)
      const expected = made.rows.map(row => row.what).filter(what => !/^conversations .*ingest/.test(what))
      expect(adopted.rows.map(row => row.what)).toEqual(expected)
    }
  })

  test('ingestion may not write a conversation of the host', async () => {
    const { rows } = await host.admin.query(
      `SELECT has_any_column_privilege('tenantry_ingest', 'conversations', 'INSERT') AS may`,
    )
    expect(rows).toEqual([{ may: false }])
  })

  test("updated_at is kept by a function of ours, as the host's is made for the host's tables", async () => {
    const { rows } = await host.admin.query(`
      WITH inserted AS (
        INSERT INTO support_tickets (organization_id, subject, description, priority, status)
        VALUES ('ac000000-0000-4000-8000-000000000001', 'Help', 'Please', 'low', 'open') RETURNING id)
      SELECT id FROM inserted`)
    const ticket = await host.admin.query(
      `UPDATE support_tickets SET subject = 'Thanks' WHERE id = $1 RETURNING updated_at > created_at AS advanced`,
      [rows[0].id],
    )
    const agent = await host.as(
      'host_app',
      `UPDATE agents SET prompt = 'new' WHERE id = 'ac000000-0000-4000-8000-0000000000b1' RETURNING updated_at > created_at AS advanced`,
    )
    expect([...ticket.rows, ...agent.rows]).toEqual([{ advanced: true }, { advanced: true }])
  })

  test('nothing is left to validate, and no index is unfinished', async () => {
    const { rows } = await host.admin.query(`
      SELECT conname FROM pg_constraint WHERE NOT convalidated
      UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid`)
    expect(rows).toEqual([])
  })

  test('the specified indexes are on the tables of the host', async () => {
    const { rows } = await host.admin.query(`
      SELECT indexname FROM pg_indexes
      WHERE indexname IN ('idx_messages_org_created', 'idx_conversations_org_status', 'idx_agents_org_active', 'idx_users_last_active_at')`)
    expect(rows).toHaveLength(4)
  })

  test('each adopted table is listed with what was added to it', async () => {
    const { rows } = await host.admin.query(
      'SELECT table_name, cardinality(columns_added)::int AS added, completed_at IS NOT NULL AS completed FROM adopted_tables ORDER BY 1',
    )
    expect(rows).toEqual([
      { table_name: 'agents', added: 6, completed: true },
      { table_name: 'conversations', added: 0, completed: true },
      { table_name: 'messages', added: 0, completed: true },
      { table_name: 'organizations', added: 5, completed: true },
      { table_name: 'users', added: 6, completed: true },
    ])
  })
})

describe('the report', () => {
  test.each([
    [
      'who uses a table',
      /^users: present, owner host_owner_.*in use by host_app_.*host_auditor_.*host_reader_/,
    ],
    ['unknown plans, with how many', /^organizations.plan: .*'gold' 1, NULL 1$/],
    ['unknown statuses', /^organizations.plan_status: .*'dunning' 1, NULL 1$/],
    ['unknown roles', /^users.role: .*'editor' 1, 'superuser' 1$/],
    ['columns that only the host can fill', /^users: password_hash may not be NULL and has no default/],
    ['triggers that will run in our rights', /^users: note_change will also run/],
    ['who can load in bulk no longer', /^COPY … FROM .* refused to host_app_/],
  ])('says %s', (_, form) => {
    expect(lines.filter(line => form.test(line))).toHaveLength(1)
  })
})

test('a dry run tells every statement on a table of the host, and changes nothing', () => {
  expect(foreseen).toContainEqual(
    expect.stringMatching(/^would run: ALTER TABLE public.users .*ADD COLUMN organization_role/),
  )
  expect(foreseen).toContainEqual(
    expect.stringMatching(/^would run: CREATE POLICY tenantry_host ON public.messages TO "host_app_/),
  )
  expect(afterDryRun).toEqual(before)
})

test('a second run finds nothing to do, says nothing and locks nothing', async () => {
  const holder = await host.admin.connect()
  await holder.query(
    'BEGIN; LOCK TABLE organizations, users, agents, conversations, messages IN ROW EXCLUSIVE MODE',
  )
  expect(await host.migrate()).toEqual([])
  await holder.query('ROLLBACK')
  holder.release()
})

const pick = (rows: unknown[] | undefined, columns: string[]) =>
  rows?.map(row =>
    Object.fromEntries(Object.entries(row as object).filter(([name]) => columns.includes(name))),
  )

const POLICIES = `
  SELECT concat_ws(' ', tablename, policyname, permissive, roles, cmd, qual, with_check) AS what FROM pg_policies
  WHERE schemaname = 'public' AND policyname <> 'tenantry_host' AND tablename <> 'workflows' ORDER BY 1`

/** What our roles may do, on tables and on columns; the owner of our tables has by grant what it elsewhere owns. */
const RIGHTS = `
  SELECT DISTINCT concat_ws(' ', table_name, column_name, grantee, privilege_type) AS what
  FROM information_schema.column_privileges
  WHERE table_schema = 'public' AND grantee ~ '^tenantry_' AND grantee <> 'tenantry_owner' AND table_name <> 'workflows'
    AND (table_name, column_name) IN (SELECT table_name, column_name FROM (VALUES
      ('organizations', 'name'), ('organizations', 'plan'), ('users', 'email'), ('users', 'organization_role'),
      ('agents', 'is_active'), ('conversations', 'status'), ('messages', 'organization_id')) AS v (table_name, column_name))
  ORDER BY 1`

/** Constraints, indexes and triggers of the tables that are ours in both. */
const OUR_TABLES = `
  WITH ours AS (
    SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner = 'tenantry_owner'::regrole
      AND relname NOT IN ('organizations', 'users', 'agents', 'conversations', 'messages', 'workflows', 'workflow_executions'))
  SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS what
  FROM pg_constraint WHERE conrelid IN (SELECT oid FROM ours)
  UNION ALL SELECT indexdef FROM pg_indexes WHERE format('%I.%I', schemaname, tablename)::regclass IN (SELECT oid FROM ours)
  UNION ALL SELECT replace(pg_get_triggerdef(oid), 'advance_updated_at', 'update_updated_at_column') FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM ours)
  ORDER BY 1`
