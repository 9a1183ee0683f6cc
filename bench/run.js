// node bench/run.js NAME: runs bench/NAME/index.ts on the server of DATABASE_URL_TEST (a superuser), else on one of its own.
// Node 20 runs no TypeScript, vite does.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { buildWhenStale } from '../scripts/build.js'

const load = async path =>
  (await runnerImport(new URL(path, import.meta.url).pathname, { logLevel: 'warn' })).module

const [name] = process.argv.slice(2)
if (!name) {
  console.error('usage: [DATABASE_URL_TEST=postgres://superuser@…] node bench/run.js NAME')
  process.exit(2)
}
buildWhenStale()
const { run } = await load(`./${name}/index.ts`)
if (process.env.DATABASE_URL_TEST) await run(process.env.DATABASE_URL_TEST)
else await onOwnServer(run)

async function onOwnServer(run) {
  const { startEmbeddedPostgres } = await load('../src/database/embedded/index.ts')
  const directory = mkdtempSync(join(tmpdir(), 'tenantry-bench-'))
  // The server runs as another user where this runs as root.
  chmodSync(directory, 0o755)
  const server = await startEmbeddedPostgres({ dataDir: directory, log: line => console.log(line) })
  try {
    await run(Object.assign(new URL(server.adminUrl), { pathname: '/postgres' }).href)
  } finally {
    await server.stop()
    for (const folder of [server.dataDir, directory]) rmSync(folder, { recursive: true, force: true })
  }
}
