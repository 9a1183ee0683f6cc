// Our side of a comparison of ingestion: start(adminUrl, port) makes a database of its own on that server, runs the
// built program as the unprivileged login, with rate limits, row-level security and the worker on, and gives what to post.
import pg from 'pg'
import { runnerImport } from 'vite'
import { buildWhenStale } from '../../scripts/build.js'

const ROOT = new URL('../../', import.meta.url).pathname
const load = async file =>
  (await runnerImport(`${ROOT}bench/ingest/${file}`, { root: ROOT, logLevel: 'warn' })).module

export async function start(adminUrl, port) {
  buildWhenStale()
  const { makeScene } = await load('scene.ts')
  const { startProduct } = await load('product.ts')
  const { newEvent } = await load('events.ts')
  const scene = await makeScene(adminUrl, 'peers_ingest')
  const admin = new pg.Client({ connectionString: scene.adminUrl })
  await admin.connect()
  // One organization sends all of it, more than a key may by default; the limit is counted all the same.
  const product = await startProduct(scene.url, port, { RATE_LIMIT_PER_KEY: '1000000000' })
  const [sender] = scene.senders
  const post = {
    method: 'POST',
    path: `/v1/organizations/${sender.id}/events`,
    headers: { authorization: `Bearer ${sender.key}`, 'content-type': 'application/json' },
  }
  const body = events => () =>
    JSON.stringify({ events: Array.from({ length: events }, () => newEvent(sender)) })
  const one = async sql => Number((await admin.query(sql)).rows[0].n)
  const count = () => one('SELECT count(*) AS n FROM analytics_events')
  return {
    name: 'tenantry',
    version: JSON.parse((await import('node:fs')).readFileSync(`${ROOT}package.json`, 'utf8')).version,
    pid: product.pid,
    ready: product.ready,
    cases: {
      single: { ...post, events: 1, body: body(1) },
      batch100: { ...post, events: 100, body: body(100) },
    },
    count,
    bytes: async () =>
      (await one(
        `SELECT sum(pg_total_relation_size(inhrelid)) AS n FROM pg_inherits WHERE inhparent = 'analytics_events'::regclass`,
      )) / (await count()),
    retry: async () => {
      const again = body(100)()
      const send = () =>
        fetch(`http://127.0.0.1:${port}${post.path}`, { ...post, body: again }).then(a => a.text())
      await send()
      const before = await count()
      await send()
      return (await count()) - before
    },
    close: async () => {
      await product.stop()
      await admin.end()
      await scene.drop()
    },
  }
}
