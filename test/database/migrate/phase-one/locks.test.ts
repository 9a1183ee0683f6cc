import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { migrate } from '../../../../src/database/migrate/index.ts'
import { closeGate } from '../../../support/gate.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
beforeEach(async () => {
  host = await createHostProduct('host-phase-one.sql')
})
afterEach(() => host?.drop())

/** Sends statements of the host one after another until `done`, and gives the longest that one took, in milliseconds. */
async function longestWait(done: Promise<unknown>): Promise<number> {
  const statements = [
    'SELECT count(*) FROM users',
    `UPDATE organizations SET name = name WHERE subdomain = 'acme'`,
    'SELECT count(*) FROM agents',
    `UPDATE users SET first_name = first_name WHERE email = 'ada@acme.test'`,
  ]
  const client = await host.admin.connect()
  let running = true
  let longest = 0
  const stop = () => {
    running = false
  }
  done.then(stop, stop)
  for (let at = 0; running; at += 1) {
    const begun = performance.now()
    await client.query(statements[at % statements.length] ?? '')
    longest = Math.max(longest, performance.now() - begun)
    await pause(5)
  }
  client.release()
  return longest
}

// How long exactly is for bench/adopt to say: a machine that runs all tests at once is slow by itself.
const MUCH_LESS_MS = 2_500

test('a reader that stays open for six seconds makes nobody else wait for it', async () => {
  const reader = await host.admin.connect()
  await reader.query('BEGIN; SELECT count(*) FROM users')
  const begun = performance.now()
  const migration = host.migrate()
  const longest = longestWait(migration)
  await pause(6_000)
  await reader.query('COMMIT')
  reader.release()
  expect(await migration).toContain('applied 0001_phase_one.sql')
  expect(performance.now() - begun).toBeGreaterThan(6_000)
  expect(await longest).toBeLessThan(MUCH_LESS_MS)
})

test('a lock that is not to be had is given up after a moment, and asked for again', async () => {
  const clients = await Promise.all([host.admin.connect(), host.admin.connect()])
  const migration = host.migrate()
  // One short transaction after another, each begun before the last one ends: no long one to be seen, and no gap.
  const readers = readInTurn(clients, 'BEGIN; SELECT count(*) FROM users')
  await waitingForLock()
  const begun = performance.now()
  await host.admin.query('SELECT count(*) FROM users')
  expect(performance.now() - begun).toBeLessThan(MUCH_LESS_MS)
  await readers.stop()
  for (const client of clients) client.release()
  expect(await migration).toContain('applied 0001_phase_one.sql')
})

test('beside a transaction that never ends the migration gives up, and nothing is changed', async () => {
  const reader = await host.admin.connect()
  await reader.query('BEGIN; SELECT count(*) FROM users')
  await expect(
    migrate({ url: host.adminUrl, lockPatienceMs: 1_000, report: () => {} }),
  ).rejects.toMatchObject({ code: 'database.lock_not_granted', kind: 'unavailable' })
  await reader.query('ROLLBACK')
  reader.release()
  const { rows } = await host.admin.query(
    `SELECT to_regclass('subscriptions') AS subscriptions, count(*)::int AS columns
     FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'organization_role'`,
  )
  expect(rows).toEqual([{ subscriptions: null, columns: 0 }])
})

test('a row that the host keeps locked leaves the adoption pending, and the next run completes it', async () => {
  const gate = await closeGate(host.adminUrl)
  await host.admin.query(`
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${gate.sql.replace('SELECT', 'PERFORM')}; RETURN NEW; END';
    CREATE TRIGGER wait BEFORE UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION wait()`)
  await expect(
    migrate({ url: host.adminUrl, lockPatienceMs: 1_000, report: () => {} }),
  ).rejects.toMatchObject({
    code: 'database.lock_not_granted',
    message: expect.stringMatching(/^The values of organizations: /),
  })
  await gate.open()
  expect(await host.migrate()).toContainEqual(expect.stringMatching(/^organizations: limits filled/))
})

test('of two migrations at once one waits, then finds nothing to do', async () => {
  const both = await Promise.all([host.migrate(), host.migrate()])
  const [second, first] = both.sort((a, b) => a.length - b.length)
  expect(first).toContain('applied 0001_phase_one.sql')
  expect(second).toEqual(['another migration of this database is running: waiting for it'])
})

function readInTurn(clients: readonly pg.PoolClient[], sql: string) {
  let running = true
  const done = (async () => {
    for (let at = 0; running; at += 1) {
      await clients[at % clients.length]?.query(sql)
      await clients[(at + 1) % clients.length]?.query('ROLLBACK')
    }
    for (const client of clients) await client.query('ROLLBACK')
  })()
  return {
    stop: () => {
      running = false
      return done
    },
  }
}

async function waitingForLock(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rowCount } = await host.admin.query(
        `SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
      if (rowCount === 0) throw new Error('nobody waits for the lock')
    },
    { timeout: 30_000, interval: 5 },
  )
}
