/** `npm run check`: style, types, migrations, architecture and drift. All steps run; any failure ends with exit code 1. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const migrations = readdirSync(`${ROOT}migrations`)
  .filter(name => name.endsWith('.sql'))
  .map(name => `migrations/${name}`)
const drift = [
  'test/database/schema-drift.test.ts',
  'test/http/openapi.test.ts',
  'test/client/schema.test.ts',
]
for (const file of ['.squawk.toml', ...drift])
  if (!existsSync(ROOT + file)) throw new Error(`${file} is gone: say here where it is now`)

const steps = [
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the pages', 'tsc', ['-p', 'tsconfig.web.json']],
  ['migrations', 'squawk', migrations],
  ['architecture', 'vitest', ['run', 'test/architecture', ...drift]],
]

const failed = []
for (const [title, program, args] of steps) {
  console.log(`\n── ${title}: ${program} ${args.join(' ')}`)
  const step = spawnSync(`${ROOT}node_modules/.bin/${program}`, args, { cwd: ROOT, stdio: 'inherit' })
  if (step.error) console.error(`error: ${step.error.message}\nhint: run \`npm ci\` first`)
  if (step.status !== 0) failed.push(title)
}

console.log(failed.length === 0 ? `\nall ${steps.length} checks passed` : `\nfailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
