import type pg from 'pg'
import { isDatabaseUnavailable } from '../database/availability.ts'
import { MIGRATIONS_DIRECTORY, readMigrationFiles } from '../database/migrate/files.ts'
import { readMigrationStatus } from '../database/migrate/ledger.ts'
import { inRole, type RoleTx } from '../database/transaction.ts'
import { countLivingWorkers, DEAD_AFTER_SECONDS } from '../queue/heartbeat.ts'
import type { Context } from './context.ts'

export type Check = {
  readonly name: 'database' | 'migrations' | 'worker'
  readonly ok: boolean
  readonly detail: string
}

/**
 * Tells whether this server can do its work now: database reachable, migrations current, a worker alive. Asked any
 * number of times, the database is asked at most once a second, and an answer never takes longer than two.
 */
export function watchReadiness({ pool, log, now }: Context): () => Promise<readonly Check[]> {
  let last: { at: number; checks: Promise<readonly Check[]> } | undefined
  return () => {
    const at = now().getTime()
    if (last === undefined || at - last.at >= FRESH_MS) {
      const checks = within(ANSWER_MS, checkDatabase(pool)).catch(error => {
        log.warn({ err: error }, 'the readiness check could not be done')
        return [databaseDown(error)]
      })
      last = { at, checks }
    }
    return last.checks
  }
}

const FRESH_MS = 1_000
const ANSWER_MS = 2_000

async function checkDatabase(pool: pg.Pool): Promise<readonly Check[]> {
  const files = await readMigrationFiles(MIGRATIONS_DIRECTORY)
  return inRole(pool, 'tenantry_admin', async tx => {
    const migrations = (await readMigrationStatus(tx.client, files)).filter(
      ({ state }) => state !== 'unknown',
    )
    const behind = migrations.filter(({ state }) => state !== 'applied')
    return [
      { name: 'database', ok: true, detail: 'reachable' },
      {
        name: 'migrations',
        ok: behind.length === 0,
        detail:
          behind.length === 0
            ? `all ${migrations.length} applied`
            : `${behind.map(({ name, state }) => `${name} is ${state}`).join(', ')}. Run "tenantry migrate".`,
      },
      await checkWorker(tx),
    ]
  })
}

async function checkWorker(tx: RoleTx): Promise<Check> {
  const living = await countLivingWorkers(tx)
  return {
    name: 'worker',
    ok: living > 0,
    detail:
      living > 0
        ? `${living} alive`
        : `none was seen for ${DEAD_AFTER_SECONDS} s, so metrics stand still. Look into the log of "tenantry serve", which runs one, and restart it.`,
  }
}

/** The error's own text stays in the log: it may name hosts and users. */
function databaseDown(error: unknown): Check {
  const detail =
    error instanceof TimedOut || isDatabaseUnavailable(error)
      ? 'cannot be reached. Check that PostgreSQL runs and that DATABASE_URL leads to it; the server connects again by itself.'
      : 'refuses what this server needs of it. Run "tenantry doctor", which says what is missing; the log has the error.'
  return { name: 'database', ok: false, detail }
}

class TimedOut extends Error {}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`no answer within ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
