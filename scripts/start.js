/** `npm start`: builds when something is missing or stale, then serves in this very process, so that signals reach it. */
import { buildWhenStale, isBuilt } from './build.js'

try {
  if (!isBuilt()) {
    console.error('building …')
    buildWhenStale()
  }
  const { main } = await import('../dist/cli/main.js')
  await main(['serve', ...process.argv.slice(2)])
} catch (error) {
  console.error(`error: ${error.message}`)
  process.exitCode = 1
}
