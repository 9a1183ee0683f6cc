import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { migrate } from '../../src/database/migrate/index.ts'
import { as, HostLoad, READS, type Waits, WRITES } from './host-load.ts'
import { makeHost, SIZE } from './make-host.ts'
import { LockWatch } from './watch-locks.ts'

/**
 * Adopts a Phase 1 database that is being read and written, and prints how long its users had to wait. Fails where a
 * strong lock was held or a statement of the host waited for more than a second, or one failed.
 */
export async function run(serverUrl: string): Promise<void> {
  const name = `bench_adopt_${process.pid}`
  const adminUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
  await onServer(serverUrl, `CREATE DATABASE ${name}`)
  try {
    console.log(`making a host with ${SIZE.messages.toLocaleString('en')} messages`)
    await makeHost(adminUrl)
    await measure(adminUrl)
  } finally {
    await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)
  }
}

async function measure(adminUrl: string): Promise<void> {
  const readers = new HostLoad(adminUrl, 'bench_reader', READS, 2)
  const writers = new HostLoad(adminUrl, 'bench_writer', WRITES, 2)
  await pause(2_000)
  readers.take()
  writers.take()
  await pause(10_000)
  print('readers before', readers.take())
  print('writers before', writers.take())

  const watch = new LockWatch(adminUrl)
  const report = readForLong(adminUrl)
  const start = performance.now()
  await migrate({ url: adminUrl, report: line => console.log(`  ${seconds(start)} ${line.slice(0, 150)}`) })
  console.log(`migrated in ${seconds(start)}, beside a transaction that read for ${LONG_MS / 1_000} s`)
  await report
  const during = { readers: readers.take(), writers: writers.take() }
  const { locks, longestGapMs } = await watch.stop()
  await Promise.all([readers.stop(), writers.stop()])
  print('readers during', during.readers)
  print('writers during', during.writers)
  for (const { table, mode, heldMs } of locks.slice(0, 5))
    console.log(`${mode} on ${table}: ${heldMs.toFixed(0)} ms`)
  console.log(`(longest time between two looks at the locks: ${longestGapMs.toFixed(0)} ms)`)

  const errors = [...during.readers.errors, ...during.writers.errors]
  if (errors.length > 0) throw new Error(`statements of the host failed: ${errors[0]}`)
  if ((locks[0]?.heldMs ?? 0) > 1_000) throw new Error('a strong lock was held for more than a second')
  const longest = Math.max(during.readers.longestMs, during.writers.longestMs)
  if (longest > 1_000) throw new Error('a statement of the host waited for more than a second')
}

/** A report of the host's that keeps its tables in use for long. */
async function readForLong(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: as(adminUrl, 'bench_reader') })
  await client.connect()
  await client.query('BEGIN; SELECT count(*) FROM users; SELECT count(*) FROM organizations')
  await pause(LONG_MS)
  await client.query('COMMIT')
  await client.end()
}

const LONG_MS = 6_000

function print(who: string, { statements, longestMs, overHundredMs, longestStatement }: Waits): void {
  console.log(
    `${who}: ${statements} statements, longest ${longestMs.toFixed(0)} ms (${longestStatement}), ${overHundredMs} over 100 ms`,
  )
}

const seconds = (start: number) => `${((performance.now() - start) / 1_000).toFixed(2)} s`

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
