import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { foreignWrites } from './table-writers.ts'

const SRC = new URL('../../src/', import.meta.url)

test('only the owner of a table writes it', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .map(path => ({ path, text: readFileSync(new URL(path, SRC), 'utf8') }))
  expect(foreignWrites(files)).toEqual([])
})

test.each([
  ["tx.deleteFrom('users')", 'users'],
  ['await sql`\n    UPDATE invoices SET status = 1`', 'invoices'],
  ['sql`INSERT INTO public.activity_logs VALUES (1)`', 'activity_logs'],
])('a planted write is reported: %s', (text, table) => {
  expect(foreignWrites([{ path: 'domains/analytics/planted.ts', text }])).toEqual([
    expect.stringMatching(`^domains/analytics/planted.ts writes ${table}, which belongs to `),
  ])
})

test('a write by the owner, and a comment about one, are no fault', () => {
  expect(
    foreignWrites([
      { path: 'domains/organizations/create-user.ts', text: "tx.insertInto('users')" },
      { path: 'http/server.ts', text: '/** UPDATE users would be wrong here. */' },
    ]),
  ).toEqual([])
})
