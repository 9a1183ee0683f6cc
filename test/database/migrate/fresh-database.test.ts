import { afterAll, expect, test } from 'vitest'
import { migrate, migrationStatus } from '../../../src/database/migrate/index.ts'
import { insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())

test('a migrated database has nothing left to do', async () => {
  const lines: string[] = []
  expect(await migrate({ url: database.adminUrl, report: line => lines.push(line) })).toMatchObject({
    applied: [],
  })
  const status = await migrationStatus({ url: database.url })
  expect(status.every(file => file.state === 'applied')).toBe(true)
})

test('the cast fits the schema', async () => {
  const { acme } = await insertCast(database.admin)
  const { rows } = await database.admin.query('SELECT name FROM organizations WHERE id = $1', [acme.id])
  expect(rows).toEqual([{ name: 'Acme' }])
})
