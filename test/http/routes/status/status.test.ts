import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from '../../../../src/database/pool.ts'
import type { App } from '../../../../src/http/context.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'

let database: TestDatabase
let app: App

beforeAll(async () => {
  database = await createTestDatabase()
  app = await buildTestServer(database, {
    environment: { PORT: '4321' },
    context: { now: () => new Date('2026-03-01T12:00:00Z') },
  })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

test('the status page says what works, where everything is and what to type next', async () => {
  const answer = await app.inject({ url: '/status' })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  for (const text of ['database', 'migrations', 'worker', '/docs', '/openapi.json', '/health', '/ready'])
    expect(answer.body).toContain(text)
  const commands = commandsOf(answer.body)
  expect(commands[0]).toContain('npx tenantry organization create')
  expect(commands[1]).toContain('npx tenantry api-key create --organization "$ORGANIZATION"')
  expect(commands[2]).toContain('"http://127.0.0.1:4321/v1/organizations/$ORGANIZATION/events')
  expect(commands[3]).toContain('/metrics/daily?from=2026-03-01&to=2026-03-01"')
})

test.each([
  [{ TENANTRY_DATA_DIR: "/srv/ada's data" }, "$(TENANTRY_DATA_DIR='/srv/ada'\\''s data' npx tenantry ", ''],
  [{ DATABASE_URL: 'postgres://app:hunter2@db/product' }, '$(npx tenantry ', ', with the same DATABASE_URL.'],
])('what is pasted works on the database of the server: %j', async (environment, command, condition) => {
  const server = await buildTestServer(database, { environment })
  const { body } = await server.inject({ url: '/status' })
  await server.close()
  for (const pasted of commandsOf(body).slice(0, 2)) expect(pasted).toContain(command)
  expect(body).toContain(`in the folder of the server${condition}`)
  expect(body).not.toContain('hunter2')
})

test('the event to paste has an id of its own each time, made of the time', async () => {
  const idOf = async () =>
    /"id": "([0-9a-f-]{36})"/.exec(commandsOf((await app.inject({ url: '/status' })).body)[2] ?? '')?.[1]
  const [first, second] = [await idOf(), await idOf()]
  expect(first).not.toBe(second)
  const time = Number.parseInt((first ?? '').replaceAll('-', '').slice(0, 12), 16)
  expect(new Date(time)).toEqual(new Date('2026-03-01T12:00:00Z'))
})

test('the page loads nothing, runs nothing, and its policy lets only its own style in', async () => {
  const answer = await app.inject({ url: '/status' })
  expect(answer.body).not.toMatch(/<script|<link|<img|@import|url\(| style="| on\w+="/)
  const style = /<style>(.*?)<\/style>/s.exec(answer.body)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(answer.headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`)
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
})

test('with the database away the page is there all the same, and says so', async () => {
  const pool = createPool({ url: 'postgres://127.0.0.1:1/none', max: 1, name: 'tenantry test' })
  const server = await buildTestServer({ pool })
  const answer = await server.inject({ url: '/status' })
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toContain('Tenantry needs attention')
  expect(answer.body).toContain('cannot be reached')
  await server.close()
  await pool.end()
})

test('a browser is told to use https only where the server is reached by https', async () => {
  const plain = await app.inject({ url: '/health' })
  expect(plain.headers['strict-transport-security']).toBeUndefined()
  expect(plain.headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
  const server = await buildTestServer(database, {
    environment: { TENANTRY_URL: 'https://tenantry.example.com' },
  })
  const secure = await server.inject({ url: '/health' })
  expect(secure.headers['strict-transport-security']).toMatch(/max-age=\d+/)
  expect(secure.headers['content-security-policy']).toContain('upgrade-insecure-requests')
  await server.close()
})

function commandsOf(page: string): string[] {
  return [...page.matchAll(/<code>(.*?)<\/code><\/pre>/gs)].map(([, code = '']) =>
    code.replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number))),
  )
}
