import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '../../../../src/database/transaction.ts'
import { deliverMail, sendMail } from '../../../../src/domains/notifications/index.ts'
import type { App } from '../../../../src/http/context.ts'
import { parseConfiguration } from '../../../../src/platform/configuration.ts'
import { createMailTransport } from '../../../../src/platform/mail/transport.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'

const LINK = 'http://127.0.0.1:3000/verify#a.secret'

let database: TestDatabase
let cast: Cast
let app: App
let id: string

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database)
  await inTenant(database.pool, cast.acme.id, tx =>
    sendMail(tx, {
      organizationId: cast.acme.id,
      to: cast.ada.email,
      template: 'verify-email',
      data: { link: LINK, organizationName: '<i>Acme</i>' },
    }),
  )
  const { rows } = await database.admin.query('SELECT id FROM mail_messages')
  id = rows[0].id
  const transport = createMailTransport(parseConfiguration({}))
  await deliverMail(database.pool, { messageId: id, transport, now: new Date() })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

/** As a browser on this machine asks. */
const HERE = { host: '127.0.0.1:3000' }
const get = (url: string, headers: Record<string, string> = HERE, remoteAddress = '127.0.0.1') =>
  app.inject({ url, headers, remoteAddress })

test('the list leads to each kept mail, and the mail to its link', async () => {
  const list = await get('/dev/mail')
  expect(list.statusCode).toBe(200)
  expect(list.body).toContain(`href="/dev/mail/${id}"`)
  expect(list.body).toContain(cast.ada.email)
  const mail = await get(`/dev/mail/${id}`)
  expect(mail.body).toContain(`<a href="${LINK}">`)
  expect(mail.body).toContain('&#60;i&#62;Acme')
  expect(mail.headers['cache-control']).toBe('no-store')
})

test('the HTML of a mail runs nothing, loads nothing, and its links leave the frame', async () => {
  const { body, headers } = await get(`/dev/mail/${id}/html`)
  expect(body).toContain('<base target="_top">')
  expect(body).toContain(`href="${LINK}"`)
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
  expect(headers['content-security-policy']).not.toContain('allow-scripts')
})

test('no such mail is 404', async () => {
  expect((await get(`/dev/mail/${cast.acme.id}`)).statusCode).toBe(404)
  expect((await get(`/dev/mail/${cast.acme.id}/html`)).statusCode).toBe(404)
})

describe.each(['/dev/mail', '/dev/mail/:id', '/dev/mail/:id/html'])('%s does not exist', path => {
  const url = () => path.replace(':id', id)

  test.each(['192.0.2.7', '10.0.0.8', '::2', '::ffff:192.0.2.7'])('for %s', async address => {
    expect((await get(url(), HERE, address)).statusCode).toBe(404)
  })

  test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])('through a proxy (%s)', async header => {
    expect((await get(url(), { ...HERE, [header]: '127.0.0.1' })).statusCode).toBe(404)
  })

  test('under a name of elsewhere that points at this machine', async () => {
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:3000'])
      expect((await get(url(), { host })).statusCode, host).toBe(404)
  })

  test.each([
    ['mails are sent', { SMTP_URL: 'smtp://mail', MAIL_FROM: 'no-reply@tenantry.test' }],
    ['the database is another', { DATABASE_URL: 'postgres://app@db/product' }],
  ])('where %s', async (_, environment) => {
    const other = await buildTestServer(database, { environment })
    const answer = await other.inject({ url: url(), headers: HERE, remoteAddress: '127.0.0.1' })
    expect(answer.statusCode).toBe(404)
    await other.close()
  })
})

test('pages are told where mails are kept, and only where they can be read', async () => {
  const keptAt = async (server: App, remoteAddress = '127.0.0.1') =>
    (await server.inject({ url: '/v1/mailbox', headers: HERE, remoteAddress })).json().kept_at
  expect(await keptAt(app)).toBe('/dev/mail')
  expect(await keptAt(app, '192.0.2.7')).toBeNull()
  const other = await buildTestServer(database, {
    environment: { DATABASE_URL: 'postgres://app@db/product' },
  })
  expect(await keptAt(other)).toBeNull()
  await other.close()
})

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('%s is this machine', async address => {
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
    expect((await get('/dev/mail', { host }, address)).statusCode).toBe(200)
})
