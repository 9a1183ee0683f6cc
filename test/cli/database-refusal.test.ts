import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRefusal } from '../../src/cli/database-refusal.ts'
import { inRole } from '../../src/database/transaction.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const asAdmin = (sql: string) =>
  inRole(database.pool, 'tenantry_admin', tx => tx.client.query(sql)).then(
    () => expect.fail('it went through'),
    (error: unknown) => databaseRefusal(error),
  )

test("a trigger that needs more rights is named, and is not taken for a fault of the login's", async () => {
  await database.admin.query(`
    CREATE TABLE changes (at timestamptz);
    CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN INSERT INTO changes VALUES (now()); RETURN NEW; END';
    CREATE TRIGGER note_change BEFORE INSERT ON organizations FOR EACH ROW EXECUTE FUNCTION note_change()`)
  const refusal = await asAdmin("INSERT INTO organizations (name, subdomain) VALUES ('Acme', 'acme')")
  expect(refusal).toMatchObject({ code: 'database.function_refused', details: { function: 'note_change()' } })
  expect(refusal?.message).toContain('permission denied for table changes')
  expect(refusal?.message).toContain('SECURITY DEFINER')
})

test('what the login itself may not do is a matter for doctor', async () => {
  expect(await asAdmin('CREATE TABLE public.mine ()')).toMatchObject({ code: 'database.privilege_missing' })
})
