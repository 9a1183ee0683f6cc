import { sql } from 'kysely'
import type { ParsedMail } from 'mailparser'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPool } from '../../../src/database/pool.ts'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { deliverMail, type Mail, pruneMail, sendMail } from '../../../src/domains/notifications/index.ts'
import { startWorker } from '../../../src/jobs/worker.ts'
import { parseConfiguration } from '../../../src/platform/configuration.ts'
import { createLogger } from '../../../src/platform/logger.ts'
import { createMailTransport, type MailTransport } from '../../../src/platform/mail/transport.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { WORKER_DEFAULTS } from '../../support/worker-defaults.ts'

const LINK = 'https://tenantry.test/reset#ac000000-0000-4000-8000-000000000001.tH3-S3cret'
const now = () => new Date()

let database: TestDatabase
let cast: Cast
let server: MailServer
let transport: MailTransport

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  server = await startMailServer()
  transport = createMailTransport(
    parseConfiguration({ SMTP_URL: server.url, MAIL_FROM: 'Tenantry <no-reply@tenantry.test>' }),
  )
})
afterAll(async () => {
  transport?.close()
  await server?.close()
  await database?.drop()
})
beforeEach(async () => {
  await database.admin.query('DELETE FROM mail_messages')
  await database.admin.query('DELETE FROM graphile_worker._private_jobs')
})
afterEach(() => {
  server.beforeAccepting = async () => {}
})

const reset = (): Mail => ({
  organizationId: cast.acme.id,
  to: cast.ada.email,
  template: 'reset-password',
  data: { link: LINK },
})
const store = (mail: Mail = reset()) => inTenant(database.pool, cast.acme.id, tx => sendMail(tx, mail))

async function stored() {
  const { rows } = await database.admin.query('SELECT * FROM mail_messages ORDER BY created_at')
  return rows
}

/** Does the one queued job by hand, as often as a test wants. */
async function deliver({ pool = database.pool, at = now(), by = transport } = {}): Promise<void> {
  const [mail] = await stored()
  await deliverMail(pool, { messageId: mail.id, transport: by, now: at })
}

describe('a mail', () => {
  test('arrives as text and HTML with its link, and leaves no text behind', async () => {
    await store()
    await deliver()
    const mail = await server.nextTo(cast.ada.email)
    expect(mail.from?.text).toBe('"Tenantry" <no-reply@tenantry.test>')
    expect(mail.subject).toBe('Reset your password')
    expect(mail.text).toContain(LINK)
    expect(mail.html).toContain(`href="${LINK}"`)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    const [row] = await stored()
    expect(row).toMatchObject({ text_body: null, html_body: null, attempts: 1, given_up_at: null })
    expect(row.sent_at).toBeInstanceOf(Date)
    expect(mail.messageId).toBe(`<${row.id}@tenantry.test>`)
  })

  test('is neither stored nor queued where the transaction rolls back', async () => {
    const rolledBack = inTenant(database.pool, cast.acme.id, async tx => {
      await sendMail(tx, reset())
      throw new Error('changed my mind')
    })
    await expect(rolledBack).rejects.toThrow('changed my mind')
    expect(await stored()).toEqual([])
    expect(await queuedPayloads()).toEqual([])
  })

  test('is queued by its id alone: the link stands in no job', async () => {
    await store()
    const [{ id }] = await stored()
    expect(await queuedPayloads()).toEqual([{ organizationId: cast.acme.id, messageId: id }])
  })

  test('of the platform itself belongs to no organization', async () => {
    const { organizationId: _, ...mail } = reset()
    await inRole(database.pool, 'tenantry_admin', tx => sendMail(tx, { ...mail, to: 'carol@platform.test' }))
    await deliver()
    await server.nextTo('carol@platform.test')
    expect(await stored()).toMatchObject([{ organization_id: null }])
  })

  test('goes out of no other organization than that of the transaction', async () => {
    await expect(store({ ...reset(), organizationId: cast.globex.id })).rejects.toMatchObject({
      code: '42501',
    })
    const { organizationId: _, ...mail } = reset()
    await expect(store(mail)).rejects.toMatchObject({ code: '42501' })
  })

  test('cannot be read back by whoever wrote it', async () => {
    await store()
    for (const role of ['tenantry_tenant', 'tenantry_admin', 'tenantry_backup'] as const) {
      const read = inTenant(
        database.pool,
        cast.acme.id,
        tx => sql`SELECT text_body FROM mail_messages`.execute(tx),
        role,
      )
      await expect(read, role).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('a mail server', () => {
  test('that is busy gets the mail again, and its answer is kept for the operator', async () => {
    await store()
    server.refuseNext(451, 'greylisted, come back later')
    await expect(deliver()).rejects.toThrow('greylisted')
    expect(await stored()).toMatchObject([
      { attempts: 1, sent_at: null, given_up_at: null, last_error: expect.stringContaining('greylisted') },
    ])
    await deliver()
    await server.nextTo(cast.ada.email)
    expect(await stored()).toMatchObject([{ attempts: 2, text_body: null }])
  })

  test('that knows no such mailbox is not asked again, and the text goes', async () => {
    await store()
    server.refuseNext(550, 'no such mailbox')
    await deliver()
    const [row] = await stored()
    expect(row).toMatchObject({ text_body: null, html_body: null, sent_at: null })
    expect(row.given_up_at).toBeInstanceOf(Date)
    expect(row.last_error).toContain('no such mailbox')
    const before = server.mails.length
    await deliver()
    expect(server.mails.length).toBe(before)
  })

  test('that is away leaves the mail where it is', async () => {
    await store()
    const by = createMailTransport(
      parseConfiguration({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'no-reply@tenantry.test' }),
    )
    await expect(deliver({ by })).rejects.toThrow('will be tried again')
    by.close()
    expect(await stored()).toMatchObject([{ attempts: 1, text_body: expect.stringContaining(LINK) }])
  })

  test('gets a mail twice where we were killed before we could write down that it has it, under one Message-ID', async () => {
    await store()
    const killed = createPool({ url: database.url, max: 1, name: 'tenantry test killed' })
    const received: ParsedMail[] = []
    server.beforeAccepting = async mail => {
      received.push(mail)
      if (!killed.ended) await killed.end()
    }
    await expect(deliver({ pool: killed })).rejects.toThrow()
    expect(await stored()).toMatchObject([{ attempts: 1, sent_at: null }])
    await deliver()
    await deliver()
    expect(received).toHaveLength(2)
    expect(new Set(received.map(mail => mail.messageId)).size).toBe(1)
    expect(await stored()).toMatchObject([{ attempts: 2, text_body: null }])
  })

  test('hears of no mail whose link has run out', async () => {
    await store()
    const before = server.mails.length
    await deliver({ at: new Date(Date.now() + 2 * 60 * 60 * 1_000) })
    expect(server.mails.length).toBe(before)
    expect(await stored()).toMatchObject([
      {
        attempts: 0,
        text_body: null,
        given_up_at: expect.any(Date),
        last_error: expect.stringContaining('ran out'),
      },
    ])
  })
})

describe('without a mail server', () => {
  test('on a database of our own a mail is kept to be looked at', async () => {
    await store()
    await deliver({ by: createMailTransport(parseConfiguration({})) })
    expect(await stored()).toMatchObject([
      { is_kept: true, sent_at: expect.any(Date), text_body: expect.stringContaining(LINK) },
    ])
  })

  test('on another database it waits for one to be set up, and the log says what to set', async () => {
    await store()
    const by = createMailTransport(parseConfiguration({ DATABASE_URL: database.url }))
    await expect(deliver({ by })).rejects.toThrow('set SMTP_URL and MAIL_FROM')
    expect(await stored()).toMatchObject([{ sent_at: null, text_body: expect.stringContaining(LINK) }])
  })
})

test('the worker sends what is committed, and tries again by itself after a refusal', async () => {
  server.refuseNext(451, 'busy')
  const worker = await startWorker({
    ...WORKER_DEFAULTS,
    url: database.url,
    pool: database.pool,
    log: createLogger('silent'),
    now,
    mail: transport,
    publicUrl: 'http://127.0.0.1:3000',
  })
  try {
    await store({ ...reset(), to: 'grace@acme.test' })
    await server.nextTo('grace@acme.test')
    await vi.waitFor(async () => expect(await stored()).toMatchObject([{ attempts: 2, text_body: null }]), {
      timeout: 10_000,
    })
  } finally {
    await worker.stop()
  }
})

test('no text outlives its link, and no row thirty days', async () => {
  await store()
  await store()
  await deliver()
  const later = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1_000)
  const prune = (at: Date) => inRole(database.pool, 'tenantry_jobs', tx => pruneMail(tx, { now: at }))
  await prune(now())
  expect((await stored()).map(row => row.text_body === null)).toEqual([true, false])
  await prune(later(1))
  expect((await stored()).map(row => row.text_body)).toEqual([null, null])
  await prune(later(31))
  expect(await stored()).toEqual([])
})

async function queuedPayloads() {
  const { rows } = await database.admin.query('SELECT payload FROM graphile_worker._private_jobs')
  return rows.map(row => row.payload)
}
