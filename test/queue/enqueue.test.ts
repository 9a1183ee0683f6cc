import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../src/database/roles.ts'
import { inRole, inTenant } from '../../src/database/transaction.ts'
import { enqueue, type Job } from '../../src/queue/enqueue.ts'
import { OPEN_TO_TENANTS } from '../../src/queue/tasks.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let db: TestDatabase
let cast: Cast

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())
beforeEach(() => db.admin.query('DELETE FROM graphile_worker._private_jobs'))

const rollUp = (organizationId: string, more: Partial<Pick<Job, 'key' | 'mode' | 'runAt'>> = {}) =>
  ({ task: 'analytics.roll-up', organizationId, payload: { date: '2026-03-01' }, ...more }) satisfies Job

async function queued() {
  const { rows } = await db.admin.query(
    'SELECT task_identifier AS task, payload, job.key, job.run_at FROM graphile_worker.jobs JOIN graphile_worker._private_jobs AS job USING (id) ORDER BY id',
  )
  return rows
}

test('the tasks that the database knows are those of tasks.ts', async () => {
  const { rows } = await db.admin.query('SELECT task, open_to_tenants FROM queue_tasks')
  expect(Object.fromEntries(rows.map(row => [row.task, row.open_to_tenants]))).toEqual(OPEN_TO_TENANTS)
})

test('a job is queued when its transaction commits', async () => {
  await inTenant(db.pool, cast.acme.id, async tx => {
    await enqueue(tx, [rollUp(cast.acme.id)])
    expect(await queued()).toEqual([])
  })
  expect(await queued()).toMatchObject([
    { task: 'analytics.roll-up', payload: { organizationId: cast.acme.id, date: '2026-03-01' } },
  ])
})

test('a job is not queued when its transaction is rolled back', async () => {
  const rolledBack = inTenant(db.pool, cast.acme.id, async tx => {
    await enqueue(tx, [rollUp(cast.acme.id)])
    throw new Error('changed my mind')
  })
  await expect(rolledBack).rejects.toThrow('changed my mind')
  expect(await queued()).toEqual([])
})

test('one refused job keeps all jobs of the call out', async () => {
  const jobs = [rollUp(cast.acme.id), rollUp(cast.globex.id)]
  await expect(inTenant(db.pool, cast.acme.id, tx => enqueue(tx, jobs))).rejects.toMatchObject({
    code: '42501',
  })
  expect(await queued()).toEqual([])
})

describe.each<Role>(['tenantry_tenant', 'tenantry_ingest'])('in role %s', role => {
  const asAcme = (job: Job) => inTenant(db.pool, cast.acme.id, tx => enqueue(tx, [job]), role)

  test('its own organization and a task open to tenants are queued', async () => {
    expect(await asAcme(rollUp(cast.acme.id))).toBe(1)
  })

  test('another organization is refused', async () => {
    await expect(asAcme(rollUp(cast.globex.id))).rejects.toThrow('its own organization only')
  })

  test('a task that is not open to tenants is refused', async () => {
    await expect(asAcme({ task: 'maintenance.create-partitions' })).rejects.toThrow('may not enqueue task')
  })

  test('an organization is refused where the transaction was opened for none', async () => {
    const job = inRole(db.pool, role, tx => enqueue(tx, [rollUp(cast.acme.id)]))
    await expect(job).rejects.toThrow('its own organization only')
  })

  test('another organization in the payload is overwritten', async () => {
    const payload = { date: '2026-03-01', organizationId: cast.globex.id }
    await asAcme({ task: 'analytics.roll-up', organizationId: cast.acme.id, payload })
    expect(await queued()).toMatchObject([{ payload: { organizationId: cast.acme.id } }])
  })

  test("a key cannot replace another organization's job", async () => {
    await inRole(db.pool, 'tenantry_jobs', tx => enqueue(tx, [rollUp(cast.globex.id, { key: 'k' })]))
    await asAcme(rollUp(cast.acme.id, { key: 'k' }))
    await asAcme(rollUp(cast.acme.id, { key: `${cast.globex.id}:k` }))
    const organizations = (await queued()).map(job => job.payload.organizationId)
    expect(organizations).toEqual([cast.globex.id, cast.acme.id, cast.acme.id])
  })

  test('the queue itself is out of reach', async () => {
    const read = inTenant(
      db.pool,
      cast.acme.id,
      tx => sql`SELECT * FROM graphile_worker._private_jobs`.execute(tx),
      role,
    )
    await expect(read).rejects.toThrow('permission denied')
  })
})

describe.each<Role>(['tenantry_jobs', 'tenantry_admin'])('in role %s', role => {
  const enqueueOne = (job: unknown) => inRole(db.pool, role, tx => enqueue(tx, [job as Job]))

  test('every organization and every listed task is queued', async () => {
    expect(await enqueueOne(rollUp(cast.acme.id))).toBe(1)
    expect(await enqueueOne(rollUp(cast.globex.id))).toBe(1)
    expect(await enqueueOne({ task: 'maintenance.create-partitions' })).toBe(1)
  })

  test('a task that is not listed is refused', async () => {
    await expect(enqueueOne({ task: 'no.such-task' })).rejects.toThrow('there is no task "no.such-task"')
  })
})

test.each<Role>(['tenantry_backup', 'tenantry_owner'])('role %s enqueues nothing', async role => {
  const job = inRole(db.pool, role, tx => enqueue(tx, [rollUp(cast.acme.id)]))
  await expect(job).rejects.toMatchObject({ code: '42501' })
})

test('the login itself enqueues nothing', async () => {
  const job = db.pool.query('SELECT enqueue($1)', [JSON.stringify([rollUp(cast.acme.id)])])
  await expect(job).rejects.toThrow('permission denied for function enqueue')
})

describe('a second job of the same key', () => {
  const later = new Date('2126-01-01T00:00:00Z')
  const run = (...jobs: Job[]) => inRole(db.pool, 'tenantry_jobs', tx => enqueue(tx, jobs))
  const lock = () =>
    db.admin.query("UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'w'")

  test('replaces a waiting one', async () => {
    await run(rollUp(cast.acme.id, { key: 'k' }))
    await run(rollUp(cast.acme.id, { key: 'k', runAt: later }))
    expect(await queued()).toMatchObject([{ run_at: later }])
  })

  test('follows a running one', async () => {
    await run(rollUp(cast.acme.id, { key: 'k' }))
    await lock()
    await run(rollUp(cast.acme.id, { key: 'k' }))
    expect(await queued()).toHaveLength(2)
  })

  test('keeps the time of a waiting one on demand', async () => {
    await run(rollUp(cast.acme.id, { key: 'k', runAt: later }))
    await run(rollUp(cast.acme.id, { key: 'k', mode: 'preserve_run_at' }))
    expect(await queued()).toMatchObject([{ run_at: later }])
  })

  test('is left out on demand, whether the first one waits or runs', async () => {
    const job = rollUp(cast.acme.id, { key: 'k', mode: 'unsafe_dedupe' })
    expect(await run(job)).toBe(1)
    expect(await run(job)).toBe(0)
    await lock()
    expect(await run(job)).toBe(0)
    expect(await queued()).toHaveLength(1)
  })

  test('starts one anew that has used up its attempts', async () => {
    const job = rollUp(cast.acme.id, { key: 'k', mode: 'unsafe_dedupe' })
    await run(job)
    await db.admin.query('UPDATE graphile_worker._private_jobs SET attempts = max_attempts')
    expect(await run(job)).toBe(1)
    const { rows } = await db.admin.query('SELECT attempts FROM graphile_worker._private_jobs')
    expect(rows).toEqual([{ attempts: 0 }])
  })

  test('counts alone where both are in one call', async () => {
    expect(
      await run(rollUp(cast.acme.id, { key: 'k' }), rollUp(cast.acme.id, { key: 'k', runAt: later })),
    ).toBe(1)
    expect(await queued()).toMatchObject([{ run_at: later }])
  })
})
