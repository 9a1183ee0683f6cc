/**
 * Holds a freshly migrated database against the specification: every item of it must be there, or one rule of
 * test/conformance/allowed.json must say why not. The specification lies beside the repository; without it there is
 * nothing to check. TENANTRY_TEST_POSTGRES=15 and DATABASE_URL_TEST choose the server, as for the tests.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SPECIFICATION =
  process.env.TENANTRY_SPECIFICATION ?? fileURLToPath(new URL('../../shared/spec', import.meta.url))

if (existsSync(`${SPECIFICATION}/check.mjs`)) {
  const check = spawnSync(
    `${ROOT}node_modules/.bin/vitest`,
    ['run', '--config', 'test/conformance/vitest.config.ts', ...process.argv.slice(2)],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, TENANTRY_SPECIFICATION: SPECIFICATION } },
  )
  if (check.error) console.error(`error: ${check.error.message}\nhint: run \`npm ci\` first`)
  process.exitCode = check.status ?? 1
} else {
  console.log(
    `skipped: there is no specification in ${SPECIFICATION} (TENANTRY_SPECIFICATION names its folder)`,
  )
}
