import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPool } from '../../src/database/pool.ts'
import { PERMISSIONS, SCOPES } from '../../src/domains/organizations/index.ts'
import type { App } from '../../src/http/context.ts'
import { generateOpenapi } from '../support/generate-openapi.ts'
import { listOperations } from '../support/operations.ts'
import { buildTestServer, portOf } from '../support/server.ts'

const pool = createPool({ url: 'postgres://127.0.0.1:1/none', max: 1, name: 'tenantry test' })
let app: App

beforeAll(async () => {
  app = await buildTestServer({ pool })
})
afterAll(async () => {
  await app.close()
  await pool.end()
})

test('openapi.json is what the routes say; `npm run generate` writes it anew', async () => {
  expect(readFileSync('openapi.json', 'utf8')).toBe(await generateOpenapi())
})

test('the description is OpenAPI 3.1 and names no machine', async () => {
  const document = (await app.inject({ url: '/openapi.json' })).json()
  expect(document.openapi).toBe('3.1.0')
  expect(document.servers).toEqual([{ url: '/', description: 'This server' }])
  expect(Object.keys(document.components.schemas)).toContain('Problem')
})

describe.each(listOperations())('$method $path', ({ path, operation }) => {
  test('has a name, a group, a summary and problems for what it refuses', () => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
    expect(operation.tags).toHaveLength(1)
    expect(operation.summary).toMatch(/\w/)
    for (const status of ['4XX', '5XX'])
      expect(operation.responses[status]?.content).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      })
  })

  test('under an organization it names the scope or the permission that it needs', () => {
    const needs = (operation.security ?? []).flatMap(either => Object.entries(either))
    for (const [kind, names] of needs)
      expect(names).toEqual([expect.toBeOneOf(kind === 'apiKey' ? [...SCOPES] : Object.keys(PERMISSIONS))])
    const schemes = needs.map(([kind]) => kind)
    if (path.startsWith('/v1/organizations/{organizationId}'))
      return expect([['apiKey'], ['session'], ['apiKey', 'session']]).toContainEqual(schemes)
    // Elsewhere no organization is named that a key could be held against.
    expect([[], ['session']]).toContainEqual(schemes)
  })
})

test('operations have different names', () => {
  const names = listOperations().map(({ operation }) => operation.operationId)
  expect(new Set(names).size).toBe(names.length)
})

test('the reference page and all that it loads come from this server, under a policy that lets nothing else in', async () => {
  const page = await app.inject({ url: '/docs' })
  expect(page.statusCode).toBe(200)
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '')
  expect(loaded.length).toBeGreaterThan(4)
  for (const url of loaded) {
    expect(url).toMatch(/^\/docs\//)
    expect((await app.inject({ url })).statusCode).toBe(200)
  }
  expect(page.body).not.toMatch(/<script>|<style>| on\w+=/)
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/https?:|upgrade-insecure-requests/)
  expect((await app.inject({ url: '/docs/static/swagger-initializer.js' })).body).toContain(
    '"validatorUrl":null',
  )
})

test.each(['/../x', '/..', '/%2e%2e/x', '/a%00b', '/..\\..\\x', '/%5c..%5cx', '/.%00', '/%2e', '//'])(
  'no file of the reference page is at %s, and that is no fault of the server',
  async path => {
    await app.listen({ port: 0, host: '127.0.0.1' }).catch(() => {})
    const status = await new Promise((resolve, reject) => {
      request({ port: portOf(app), host: '127.0.0.1', path: `/docs/static${path}` }, answer => {
        answer.resume().once('end', () => resolve(answer.statusCode))
      })
        .once('error', reject)
        .end()
    })
    expect(status).toBe(404)
  },
)
