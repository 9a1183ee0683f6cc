import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant, type TenantTx } from '../../../src/database/transaction.ts'
import {
  listNotifications,
  markAllRead,
  markRead,
  markUnread,
  type NewNotification,
  notify,
} from '../../../src/domains/notifications/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const NOW = new Date('2026-03-01T12:00:00Z')

let database: TestDatabase
let cast: Cast
let grace: string

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  const { rows } = await database.admin.query(
    `INSERT INTO users (organization_id, email) VALUES ($1, 'grace@acme.test') RETURNING id`,
    [cast.acme.id],
  )
  grace = rows[0].id
})
afterAll(() => database?.drop())
beforeEach(async () => {
  await database.admin.query('DELETE FROM notifications; DELETE FROM notification_preferences')
})

const inAcme = <T>(work: (tx: TenantTx) => Promise<T>) => inTenant(database.pool, cast.acme.id, work)
const stopped = (more: Partial<NewNotification> = {}): NewNotification => ({
  userId: cast.ada.id,
  type: 'agent.stopped',
  category: 'agents',
  title: 'Acme helper stopped',
  message: 'It failed ten times in a row.',
  ...more,
})
const tell = (more?: Partial<NewNotification>) => inAcme(tx => notify(tx, stopped(more)))
const inbox = (more: Partial<Parameters<typeof listNotifications>[1]> = {}) =>
  inAcme(tx => listNotifications(tx, { userId: cast.ada.id, limit: 50, ...more }))

describe('notify', () => {
  test('puts it into the inbox of the member, unread', async () => {
    await tell({ link: `/agents/${cast.acme.agent.id}`, data: { failures: 10 } })
    expect(await inbox()).toMatchObject({
      notifications: [
        {
          type: 'agent.stopped',
          category: 'agents',
          title: 'Acme helper stopped',
          link: `/agents/${cast.acme.agent.id}`,
          data: { failures: 10 },
          isRead: false,
          readAt: null,
        },
      ],
      unreadCount: 1,
      next: undefined,
    })
  })

  test('writes nothing where the transaction rolls back', async () => {
    const rolledBack = inAcme(async tx => {
      await notify(tx, stopped())
      throw new Error('changed my mind')
    })
    await expect(rolledBack).rejects.toThrow('changed my mind')
    expect((await inbox()).notifications).toEqual([])
  })

  test('writes nothing where the member has switched the type off, and only then', async () => {
    const prefer = (type: string, isEnabled: boolean) =>
      database.admin.query(
        `INSERT INTO notification_preferences (organization_id, user_id, notification_type, in_app_enabled)
         VALUES ($1, $2, $3, $4)`,
        [cast.acme.id, cast.ada.id, type, isEnabled],
      )
    await prefer('agent.stopped', false)
    await prefer('agent.started', true)
    await tell()
    await tell({ type: 'agent.started' })
    await tell({ type: 'agent.renamed' })
    await tell({ userId: grace })
    expect((await inbox()).notifications.map(({ type }) => type).sort()).toEqual([
      'agent.renamed',
      'agent.started',
    ])
    expect((await inbox({ userId: grace })).unreadCount).toBe(1)
  })

  test('tells nobody of another organization, and nobody who is gone', async () => {
    await tell({ userId: cast.bob.id })
    await tell({ userId: '00000000-0000-4000-8000-000000000000' })
    const { rowCount } = await database.admin.query('SELECT FROM notifications')
    expect(rowCount).toBe(0)
  })

  test.each(['javascript:alert(1)', 'https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test'])(
    'does not link to %s',
    async link => {
      await expect(tell({ link })).rejects.toThrow('a path of ours')
    },
  )
})

describe('the inbox', () => {
  test('is paged newest first, without a gap or a repetition, also where many came at one moment', async () => {
    await inAcme(async tx => {
      for (let n = 0; n < 5; n++) await notify(tx, stopped({ title: `a${n}` }))
    })
    for (let n = 0; n < 4; n++) await tell({ title: `b${n}` })
    const all = (await inbox()).notifications.map(({ title }) => title)
    expect(all.slice(0, 4)).toEqual(['b3', 'b2', 'b1', 'b0'])
    const seen: string[] = []
    let after: Awaited<ReturnType<typeof inbox>>['next']
    do {
      const page = await inbox({ limit: 2, after })
      seen.push(...page.notifications.map(({ title }) => title))
      after = page.next
      if (seen.length === 2) await tell({ title: 'meanwhile' })
    } while (after !== undefined)
    expect(seen).toEqual(all)
  })

  test('shows the unread alone on demand, and counts them always', async () => {
    await tell({ title: 'first' })
    await tell({ title: 'second' })
    const [second] = (await inbox()).notifications
    await inAcme(tx => markRead(tx, { userId: cast.ada.id, id: second?.id ?? '', now: NOW }))
    expect((await inbox({ unreadOnly: true })).notifications.map(({ title }) => title)).toEqual(['first'])
    expect(await inbox({ limit: 1 })).toMatchObject({ unreadCount: 1, notifications: [{ title: 'second' }] })
  })

  test('leaves out what is archived', async () => {
    await tell()
    await database.admin.query('UPDATE notifications SET is_archived = true')
    expect(await inbox()).toEqual({ notifications: [], unreadCount: 0, next: undefined })
  })
})

describe('reading', () => {
  const one = async () => (await inbox()).notifications[0]
  const read = async (now = NOW) => {
    const id = (await one())?.id ?? ''
    await inAcme(tx => markRead(tx, { userId: cast.ada.id, id, now }))
  }

  test('is marked once, with its time, and can be taken back', async () => {
    await tell()
    await read()
    await read(new Date('2026-03-02T00:00:00Z'))
    expect(await one()).toMatchObject({ isRead: true, readAt: NOW })
    const id = (await one())?.id ?? ''
    await inAcme(tx => markUnread(tx, { userId: cast.ada.id, id }))
    expect(await one()).toMatchObject({ isRead: false, readAt: null })
  })

  test("is not for a colleague's notification, nor for another organization's", async () => {
    await tell({ userId: grace })
    const { rows } = await database.admin.query('SELECT id FROM notifications')
    const id = rows[0].id
    const refused = { code: 'notification.not_found', kind: 'not_found' }
    await expect(inAcme(tx => markRead(tx, { userId: cast.ada.id, id, now: NOW }))).rejects.toMatchObject(
      refused,
    )
    await expect(
      inTenant(database.pool, cast.globex.id, tx => markRead(tx, { userId: grace, id, now: NOW })),
    ).rejects.toMatchObject(refused)
    await expect(inAcme(tx => markUnread(tx, { userId: cast.ada.id, id }))).rejects.toMatchObject(refused)
  })

  test("of all at once leaves a colleague's alone", async () => {
    await tell()
    await tell()
    await tell({ userId: grace })
    expect(await inAcme(tx => markAllRead(tx, { userId: cast.ada.id, now: NOW }))).toBe(2)
    expect(await inAcme(tx => markAllRead(tx, { userId: cast.ada.id, now: NOW }))).toBe(0)
    expect((await inbox()).unreadCount).toBe(0)
    expect((await inbox({ userId: grace })).unreadCount).toBe(1)
  })
})
