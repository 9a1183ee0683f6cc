/** `npm run dev`: compiles the server as it is written and restarts it, and serves pages that reload by themselves. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from './build.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const bin = name => `${ROOT}node_modules/.bin/${name}`

buildWhenStale()
const processes = [
  [bin('tsc'), '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  [process.execPath, '--watch-path=dist', '--watch-preserve-output', 'bin/tenantry.js', 'serve'],
  [bin('vite'), '--config', 'web/vite.config.ts'],
].map(([command, ...args]) => spawn(command, args, { cwd: ROOT, stdio: 'inherit' }))

const stop = () => {
  for (const child of processes) child.kill('SIGTERM')
}
for (const child of processes) child.on('exit', stop)
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
