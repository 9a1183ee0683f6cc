import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { startWorker, type Worker } from '../../src/jobs/worker.ts'
import { parseConfiguration } from '../../src/platform/configuration.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { createMailTransport, type MailTransport } from '../../src/platform/mail/transport.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { buildTestServer } from '../support/server.ts'
import { givePassword } from '../support/session.ts'
import { WORKER_DEFAULTS } from '../support/worker-defaults.ts'

const PASSWORD = 'another horse and another staple'
let database: TestDatabase
let cast: Cast
let app: App
let mailServer: MailServer
let transport: MailTransport
let worker: Worker

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  mailServer = await startMailServer()
  const environment = {
    DATABASE_URL: database.url,
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Tenantry <no-reply@tenantry.test>',
    TENANTRY_URL: 'https://tenantry.test',
  }
  const configuration = parseConfiguration(environment)
  app = await buildTestServer(database, { environment })
  transport = createMailTransport(configuration)
  worker = await startWorker({
    ...WORKER_DEFAULTS,
    url: database.url,
    pool: database.pool,
    log: createLogger('silent'),
    now: () => new Date(),
    mail: transport,
    publicUrl: configuration.url,
  })
})
afterAll(async () => {
  await worker?.stop()
  transport?.close()
  await mailServer?.close()
  await app?.close()
  await database?.drop()
})

const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })

test('whoever forgot their password gets a mail whose link lets them in with a new one', async () => {
  for (const email of ['nobody@acme.test', cast.ada.email])
    expect((await post('/v1/password-resets', { email })).statusCode).toBe(202)
  const mail = await mailServer.nextTo(cast.ada.email)
  const link = new URL(/https:\S+/.exec(mail.text ?? '')?.[0] ?? '')
  expect([link.origin, link.pathname, link.search]).toEqual(['https://tenantry.test', '/reset', ''])
  const secret = link.hash.slice(1)
  expect((await post('/v1/password-resets/completion', { secret, password: PASSWORD })).statusCode).toBe(201)
  expect((await post('/v1/sessions', { email: cast.ada.email, password: PASSWORD })).statusCode).toBe(201)
  const notice = await mailServer.nextTo(cast.ada.email)
  expect(notice.subject).toBe('Your password was changed')
  expect(mailServer.mails).toHaveLength(2)
})
