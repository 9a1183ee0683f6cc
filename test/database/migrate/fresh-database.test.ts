import { afterAll, expect, test } from 'vitest'
import { LOOKUPS } from '../../../src/database/lookups.ts'
import { migrate, migrationStatus } from '../../../src/database/migrate/index.ts'
import { ROLES } from '../../../src/database/roles.ts'
import { insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const login = new URL(database.url).username

test('a migrated database has nothing left to do, and nothing to grant', async () => {
  const lines: string[] = []
  const report = (line: string) => lines.push(line)
  // A copy of a database does not get the rights to the database itself: the first run grants them again.
  expect(await migrate({ url: database.adminUrl, login, report: () => {} })).toEqual({ applied: [] })
  expect(await migrate({ url: database.adminUrl, login, dryRun: true, report })).toEqual({ applied: [] })
  expect(lines).toEqual([])
  const status = await migrationStatus({ url: database.url })
  expect(status.every(file => file.state === 'applied')).toBe(true)
})

test('the cast fits the schema', async () => {
  const { acme } = await insertCast(database.admin)
  const { rows } = await database.admin.query('SELECT name FROM organizations WHERE id = $1', [acme.id])
  expect(rows).toEqual([{ name: 'Acme' }])
})

test.each(LOOKUPS)('the look-up %s exists and is granted to the login alone', async lookup => {
  const { rows } = await database.admin.query<{ name: string; granted: boolean }>(
    `SELECT name, has_function_privilege(name, $1, 'EXECUTE') AS granted FROM unnest($2::text[]) AS name`,
    [lookup, [login, 'public', ...ROLES.filter(role => role !== 'tenantry_owner')]],
  )
  expect(rows.filter(row => row.granted)).toEqual([{ name: login, granted: true }])
})

test('everything in the schema that is not an extension is owned by the owner of our tables', async () => {
  const { rows } = await database.admin.query(
    `SELECT relname FROM pg_class
     WHERE relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace) AND relowner <> 'tenantry_owner'::regrole
     UNION ALL
     SELECT proname FROM pg_proc
     WHERE pronamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace) AND proowner <> 'tenantry_owner'::regrole`,
  )
  expect(rows).toEqual([])
})
