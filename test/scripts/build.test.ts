import { execFile, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
let clone: string

/** A clone that is small enough to be built in a moment: its command line writes what it was given. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'tenantry-build-'))
  for (const path of ['bin', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(ROOT, path), join(clone, path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'))
  mkdirSync(join(clone, 'src/cli'), { recursive: true })
  writeMain('first')
})
afterEach(() => rmSync(clone, { recursive: true, force: true }))

function writeMain(word: string): void {
  const body = `console.log('${word}', process.pid, ...args)`
  writeFileSync(
    join(clone, 'src/cli/main.ts'),
    `export async function main(args: string[]): Promise<void> { ${body} }\n`,
  )
}

function node(script: string, ...args: string[]) {
  const { pid, status, stdout, stderr } = spawnSync(process.execPath, [join(clone, script), ...args], {
    encoding: 'utf8',
  })
  return { pid, status, stdout, stderr }
}

test('npm start builds what is missing and serves in the same process', () => {
  const { pid, status, stdout, stderr } = node('scripts/start.js', '--trace')
  expect(stderr).toBe('building …\n')
  expect([status, stdout]).toEqual([0, `first ${pid} serve --trace\n`])
})

test('a second start builds nothing, a changed source does', () => {
  node('scripts/start.js')
  expect(node('scripts/start.js').stderr).toBe('')
  writeMain('second')
  const { stdout, stderr } = node('scripts/start.js')
  expect(stderr).toBe('building …\n')
  expect(stdout).toMatch(/^second /)
})

test('what was removed from the sources is gone from the build', () => {
  writeFileSync(join(clone, 'src/cli/old.ts'), 'export const old = 1\n')
  node('scripts/build.js')
  expect(existsSync(join(clone, 'dist/cli/old.js'))).toBe(true)
  rmSync(join(clone, 'src/cli/old.ts'))
  node('scripts/build.js')
  expect(existsSync(join(clone, 'dist/cli/old.js'))).toBe(false)
})

test('a source that does not compile fails the build and leaves the one before', () => {
  node('scripts/build.js')
  writeFileSync(join(clone, 'src/cli/broken.ts'), 'export const broken: number = "text"\n')
  const build = node('scripts/build.js')
  expect(build.status).toBe(1)
  expect(build.stderr).toContain('broken.ts')
  expect(build.stderr).toContain('error: src/ does not compile')
  expect(node('bin/tenantry.js', 'x').stdout).toMatch(/^first .* x\n$/)
  expect(node('scripts/start.js')).toMatchObject({ status: 1, stdout: '' })
})

test('an installation that ships dist/ alone starts without a compiler', () => {
  node('scripts/build.js')
  rmSync(join(clone, 'src'), { recursive: true })
  rmSync(join(clone, 'node_modules'))
  expect(node('scripts/start.js')).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^first /),
  })
})

test('where the compiler is missing it is said how to get it', () => {
  rmSync(join(clone, 'node_modules'))
  expect(node('scripts/start.js')).toMatchObject({ status: 1, stderr: expect.stringContaining('npm ci') })
})

test('several starts at once build once and all of them run', async () => {
  const starts = [1, 2, 3, 4].map(() =>
    promisify(execFile)(process.execPath, [join(clone, 'scripts/start.js')]),
  )
  for (const { stdout } of await Promise.all(starts)) expect(stdout).toMatch(/^first /)
  expect(readdirSync(clone).filter(name => name.startsWith('.dist'))).toEqual([])
})

test('npx tenantry runs the program of the clone', () => {
  node('scripts/build.js')
  const npx = spawnSync('npx', ['--no', 'tenantry', 'help'], { cwd: clone, encoding: 'utf8' })
  expect(npx.stdout).toMatch(/^first \d+ help$/m)
})
