// Holds a database as a server does: starts it, says so, uses it and stops it when it is told to end.
// Arguments: the compiled door of src/database/embedded, the data folder, the package of the binaries.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [door, dataDir, packageName] = process.argv.slice(2)
const say = event => process.stdout.write(`${JSON.stringify(event)}\n`)
const { startEmbeddedPostgres } = await import(pathToFileURL(door).href)
const pg = createRequire(door)('pg')

let held
try {
  held = await startEmbeddedPostgres({ dataDir, packageName, log: line => say({ event: 'log', line }) })
} catch (error) {
  say({ event: 'refused', code: error.code ?? null, message: String(error.message) })
  process.exit(1)
}
const pool = new pg.Pool({ connectionString: held.adminUrl })
pool.on('error', () => {})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    const { rows } = await pool.query(
      'SELECT count(*)::int AS connections FROM pg_stat_activity WHERE usename IS NOT NULL',
    )
    const begun = Date.now()
    await held.stop()
    say({ event: 'stopped', signal, ms: Date.now() - begun, answered: rows[0].connections > 0 })
    process.exit(0)
  })
}
void held.lost.then(reason => say({ event: 'lost', reason }))
await pool.query('SELECT 1')
const { stop, lost, ...started } = held
say({ event: 'started', ...started })
setInterval(() => {}, 60_000)
