import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from '../../src/database/pool.ts'
import type { App } from '../../src/http/context.ts'
import { buildTestServer } from '../support/server.ts'

const pool = createPool({ url: 'postgres://127.0.0.1:1/none', max: 1, name: 'tenantry test' })
const page = { accept: 'text/html,application/xhtml+xml' }
let app: App

beforeAll(async () => {
  app = await buildTestServer({ pool })
})
afterAll(async () => {
  await app.close()
  await pool.end()
})

test('the test run has built the pages', () => {
  expect(existsSync('dist/web/index.html')).toBe(true)
})

test.each(['/', '/agents?from=2026-03-01', '/no-such-page'])(
  'a browser gets the dashboard at %s',
  async url => {
    const answer = await app.inject({ url, headers: page })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.headers['content-security-policy']).toContain("script-src 'self';")
    expect(answer.body).toContain('<div id="root">')
  },
)

test('what browsers load is not counted, so that nobody who shares an address is kept from reading', async () => {
  const { body } = await app.inject({ url: '/', headers: page })
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(body)?.[1] ?? ''
  for (const url of ['/', '/agents', script]) {
    const answer = await app.inject({ url, headers: page })
    expect([answer.statusCode, answer.headers['ratelimit-limit']]).toEqual([200, undefined])
  }
  const program = await app.inject({ url: '/nothing' })
  expect(program.headers['ratelimit-limit']).toBeDefined()
})

test.each([
  ['GET', '/v1/nothing', page],
  ['GET', '/nothing', { accept: 'application/json' }],
  ['POST', '/nothing', page],
] as const)('%s %s for a program is a problem', async (method, url, headers) => {
  const answer = await app.inject({ method, url, headers })
  expect(answer.statusCode).toBe(404)
  expect(answer.json().code).toBe('request.route_not_found')
})

test('scripts are kept for ever under a name that follows from their content, and come compressed', async () => {
  const { body } = await app.inject({ url: '/', headers: page })
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(body)?.[1] ?? ''
  const answer = await app.inject({ url: script, headers: { 'accept-encoding': 'br, gzip' } })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-encoding']).toBe('br')
  expect(answer.headers['cache-control']).toMatch(/immutable/)
  expect((await app.inject({ url: '/assets/index-gone.js' })).statusCode).toBe(404)
})
