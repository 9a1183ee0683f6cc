import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findEmbeddedPostgres } from '../../src/database/embedded/index.ts'
import { buildCli, documentOf, endOf, runCli, startCli } from '../cli/run-cli.ts'
import { recompute } from '../domains/analytics/recompute.ts'
import type { EventRow } from '../domains/analytics/write-events.ts'
import { killWithChildren } from './kill-processes.ts'
import { postEvents } from './posters.ts'

/** How long is posted; half a minute and more when it counts: TENANTRY_KILL_SECONDS=30. */
const SECONDS = Number(process.env.TENANTRY_KILL_SECONDS ?? 6)

const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-kill-'))
chmodSync(dataDir, 0o755)
const env: Record<string, string> = {
  TENANTRY_DATA_DIR: dataDir,
  TENANTRY_SAMPLE_DATA: 'off',
  PORT: '0',
  LOG_LEVEL: 'error',
  RATE_LIMIT_PER_KEY: '1000000000',
  RATE_LIMIT_PER_ADDRESS: '1000000000',
}
let server: { child: ChildProcess; url: string }

beforeAll(buildCli)
afterAll(async () => {
  const database = await findEmbeddedPostgres(dataDir)
  server?.child.kill('SIGKILL')
  if (database) killWithChildren(database.pid)
  rmSync(dataDir, { recursive: true, force: true })
  if (database) rmSync(database.dataDir, { recursive: true, force: true })
})

async function serve(): Promise<typeof server> {
  const child = startCli(['serve', '--json'], { env })
  const ended = endOf(child)
  const url = await Promise.race([
    new Promise<string>(resolve => child.stdout?.once('data', text => resolve(JSON.parse(String(text)).url))),
    ended.then(({ stderr }) => Promise.reject(new Error(`the server ended instead:\n${stderr}`))),
  ])
  return { child, url }
}

async function run(...args: string[]) {
  const result = await runCli([...args, '--json'], { env })
  if (result.exitCode !== 0) throw new Error(result.stdout + result.stderr)
  return documentOf(result)
}

/** Everything at once, the server alone (its database is left running), the database alone (the server ends itself). */
const BLOWS = ['both', 'server', 'database'] as const

async function strike(blow: (typeof BLOWS)[number]): Promise<void> {
  const database = await findEmbeddedPostgres(dataDir)
  if (database === undefined) throw new Error('there is no database to kill')
  const ended = once(server.child, 'exit')
  if (blow !== 'database') server.child.kill('SIGKILL')
  if (blow !== 'server') killWithChildren(database.pid)
  await ended
  server = await serve()
}

test(
  'whatever is killed while events come in, each acknowledged one is there once and the metrics equal the events',
  async () => {
    server = await serve()
    env.PORT = new URL(server.url).port
    const { id: organizationId } = await run(
      ...[
        'organization',
        'create',
        '--name',
        'Acme',
        '--subdomain',
        'acme',
        '--owner-email',
        'ada@acme.test',
      ],
    )
    const scopes = ['events:write', 'metrics:read', 'agents:write'].flatMap(scope => ['--scope', scope])
    const { key } = await run('api-key', 'create', '--organization', organizationId, ...scopes)
    const authorization = `Bearer ${key}`
    const path = `${server.url}/v1/organizations/${organizationId}`
    const agentId = '0197b6a0-0000-7000-8000-00000000000a'
    await fetch(`${path}/agents/${agentId}`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Helper', is_active: true }),
    })

    const until = Date.now() + SECONDS * 1_000
    const posting = postEvents(
      { url: server.url, organizationId, agentId, authorization },
      { clients: 8, until },
    )
    const blows = SECONDS < 20 ? BLOWS.slice(0, 1) : [...BLOWS, 'both' as const]
    for (const [n, blow] of blows.entries()) {
      await pause(until - (SECONDS * 1_000 * (blows.length - n)) / (blows.length + 1) - Date.now())
      await strike(blow)
    }
    const posted = await posting
    expect(posted.failures).toBeGreaterThan(0)
    expect(posted.acknowledged.size).toBeGreaterThan(100)
    await run('metrics', 'wait')

    const stored = await storedEvents()
    const ids = stored.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const present = new Set(ids)
    expect([...posted.acknowledged].filter(id => !present.has(id))).toEqual([])
    expect(ids.filter(id => !posted.sent.has(id))).toEqual([])

    const { days, agentDays } = recompute(stored, [agentId])
    expect(days.length).toBeGreaterThan(2)
    const [first, last] = [days.at(0), days.at(-1)].map(day => day?.key.slice(-10))
    const read = async (what: string) => {
      const answer = await fetch(`${path}/${what}?from=${first}&to=${last}`, { headers: { authorization } })
      return ((await answer.json()) as { data: unknown }).data
    }
    // Histograms and the errors of a day are read in other answers.
    const dated = <T extends { key: string; histogram: number[] }>({ key, histogram: _, ...figures }: T) => ({
      date: key.slice(-10),
      ...figures,
    })
    expect(await read('metrics/daily')).toEqual(days.map(({ error_count: _, ...day }) => dated(day)))
    expect(await read(`agents/${agentId}/metrics`)).toEqual(
      agentDays.map(day => ({ ...dated(day), agent_id: agentId })),
    )
    console.log(
      `${posted.sent.size} events sent, ${posted.acknowledged.size} acknowledged in ${posted.answers} answers, ${ids.length} stored; ${blows.length} kills`,
    )
  },
  (SECONDS + 120) * 1_000,
)

async function storedEvents(): Promise<EventRow[]> {
  const database = await findEmbeddedPostgres(dataDir)
  const client = new pg.Client({ connectionString: database?.adminUrl })
  await client.connect()
  const { rows } = await client.query<EventRow>(
    `SELECT id, organization_id, event_type, agent_id, user_id, end_user_id, properties,
       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS created_at FROM analytics_events`,
  )
  await client.end()
  return rows
}
