// node bench/run.js NAME: runs bench/NAME/index.ts on the server of DATABASE_URL_TEST (a superuser). Node 20 runs no TypeScript, vite does.
import { runnerImport } from 'vite'

const [name] = process.argv.slice(2)
const url = process.env.DATABASE_URL_TEST
if (!name || !url) {
  console.error('usage: DATABASE_URL_TEST=postgres://superuser@… node bench/run.js NAME')
  process.exit(2)
}
const { module } = await runnerImport(new URL(`./${name}/index.ts`, import.meta.url).pathname, {
  logLevel: 'warn',
})
await module.run(url)
