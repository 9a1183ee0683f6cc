import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { OPEN_TO_TENANTS } from '../../src/queue/tasks.ts'
import { createTestDatabase } from '../support/database.ts'
import { named, parseColumns } from './parse-columns.ts'

const { admin, drop } = await createTestDatabase()
afterAll(drop)

const DOCUMENT = readFileSync('docs/specification.md', 'utf8')
const uses = parseColumns(DOCUMENT)

test('every column of every table and view is named once, with who writes it and who reads it', async () => {
  const { rows } = await admin.query<{ name: string }>(`
    SELECT relname || '.' || attname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition
      AND attnum > 0 AND NOT attisdropped`)
  const documented = uses.map(({ table, column }) => `${table}.${column}`)
  expect(documented.sort()).toEqual(rows.map(row => row.name).sort())
  for (const { table, column, writtenBy, readBy } of uses) {
    expect(writtenBy, `${table}.${column}`).not.toBe('')
    expect(readBy, `${table}.${column}`).not.toBe('')
  }
})

test('every route, command, job and view that is said to write or read a column exists', () => {
  const api: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
    readFileSync('openapi.json', 'utf8'),
  )
  const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      method => `${method.toUpperCase()} ${path.replace('/v1/organizations/{organizationId}', '…')}`,
    ),
  )
  // `tenantry api-key create` and `tenantry user password-link` are files of three words each.
  const commands = readdirSync('src/cli').flatMap(file => {
    const name = `tenantry ${file.replace('.ts', '')}`
    return [name, name.replace('-', ' '), name.replace(/-(?=[^-]*$)/, ' ')]
  })
  const known = new Set([...routes, ...commands, ...Object.keys(OPEN_TO_TENANTS)])
  const mentioned = new Set(uses.flatMap(use => named(use.writtenBy + use.readBy)))
  expect([...mentioned].filter(name => !known.has(name))).toEqual([])

  const views = new Set(uses.flatMap(use => /\bview (\w+)/.exec(use.readBy)?.[1] ?? []))
  expect([...views].filter(view => !uses.some(use => use.table === view))).toEqual([])
})

test('every defect from D1 to D70 has an answer', () => {
  const answered = DOCUMENT.split('\n').flatMap(line => {
    const [, numbers = '', , answer = ''] = line.split('|').map(cell => cell.trim())
    if (!/^D\d/.test(numbers) || answer.length < 10) return []
    const [from = 0, to = from] = [...numbers.matchAll(/\d+/g)].map(Number)
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
  expect(answered).toEqual(Array.from({ length: 70 }, (_, index) => index + 1))
})

test('every file that the document links to exists', () => {
  for (const [, target = ''] of DOCUMENT.matchAll(/\]\(([^)#]+)\)/g)) {
    expect(existsSync(`docs/${target}`), target).toBe(true)
  }
})

test('the document says how many columns nothing writes or reads yet', () => {
  const open = (side: 'writtenBy' | 'readBy') => uses.filter(use => use[side].startsWith('none yet'))
  for (const side of ['writtenBy', 'readBy'] as const) {
    const lines = new Map<string, string[]>()
    for (const { table, column } of open(side)) lines.set(table, [...(lines.get(table) ?? []), column])
    console.log(
      `${side === 'writtenBy' ? 'written' : 'read'} by none yet: ${open(side).length} of ${uses.length} columns`,
    )
    for (const [table, columns] of lines) console.log(`  ${table}: ${columns.join(', ')}`)
  }
  expect(DOCUMENT.replaceAll(/\s+/g, ' ')).toContain(
    `Of ${uses.length} columns ${open('writtenBy').length} are written and ${open('readBy').length} read by none yet`,
  )
})
