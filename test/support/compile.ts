import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** src/ as plain JavaScript in a folder of its own, for tests that need a process of ours to kill. */
export interface CompiledSource {
  directory: string
  remove(): void
}

/** Compiles without checking types (`npm run check` does). The folder lies where Node finds our dependencies. */
export function compileSource(): CompiledSource {
  const caches = resolve('node_modules/.cache')
  mkdirSync(caches, { recursive: true })
  const directory = mkdtempSync(join(caches, 'tenantry-test-'))
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
  const compiler = resolve('node_modules/typescript/bin/tsc')
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--declaration', 'false', '--sourceMap', 'false']
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [compiler, ...options, '--outDir', directory],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`src/ does not compile:\n${stdout}${stderr}`)
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
