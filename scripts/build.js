/**
 * Compiles src/ to dist/ and web/ to dist/web/. The new dist/ takes the place of the old one only when it is complete, and its stamp says from
 * which sources it was made, so that `npm start` can tell a stale build without building.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = join(ROOT, 'dist')
const STAMP = '.stamp'
/** All that the compiler's output depends on (migrations/ are read where they lie). */
const INPUTS = [
  'src',
  'web',
  'client',
  'scripts/build.js',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]

/** Whether dist/ is what the sources compile to; an installation that ships dist/ without src/ is always current. */
export function isBuilt() {
  if (!existsSync(join(ROOT, 'src'))) return existsSync(join(DIST, 'cli/main.js'))
  return existsSync(join(DIST, STAMP)) && readFileSync(join(DIST, STAMP), 'utf8') === fingerprint()
}

/** Compiles, or throws an Error that says what to do; the dist/ that was there stays until the new one is complete. */
export function build() {
  const sources = fingerprint()
  const fresh = join(ROOT, `.dist-${process.pid}`)
  rmSync(fresh, { recursive: true, force: true })
  try {
    const args = [compiler(), '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', fresh]
    const tsc = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] })
    if (tsc.error) throw tsc.error
    if (tsc.status !== 0) throw new Error('src/ does not compile: correct what the compiler says above')
    if (existsSync(join(ROOT, 'web'))) buildPages(join(fresh, 'web'))
    writeFileSync(join(fresh, STAMP), sources)
    replace(fresh)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** What a browser loads is compressed once, here, and not with every answer. */
function buildPages(folder) {
  const vite = join(dirname(manifestOf('vite')), 'bin/vite.js')
  const args = [vite, 'build', '--config', 'web/vite.config.ts', '--outDir', folder, '--logLevel', 'warn']
  // Whoever builds may be a test, in whose environment React would be the one for development.
  const env = { ...process.env, NODE_ENV: 'production' }
  const built = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 2, 2] })
  if (built.error) throw built.error
  if (built.status !== 0) throw new Error('web/ does not compile: correct what is said above')
  for (const file of files(folder).filter(path => /\.(js|css|svg|html)$/.test(path))) {
    const content = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(content, BROTLI))
  }
}

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

/** Builds where something is missing or stale; processes that ask at the same time build once. */
export function buildWhenStale() {
  if (isBuilt()) return false
  const release = lock()
  try {
    if (isBuilt()) return false
    build()
    return true
  } finally {
    release()
  }
}

function replace(fresh) {
  const old = join(ROOT, `.dist-${process.pid}-old`)
  if (existsSync(DIST)) renameSync(DIST, old)
  renameSync(fresh, DIST)
  rmSync(old, { recursive: true, force: true })
}

function compiler() {
  const manifest = manifestOf('typescript')
  return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.tsc)
}

function manifestOf(tool) {
  try {
    return createRequire(import.meta.url).resolve(`${tool}/package.json`)
  } catch {
    throw new Error(
      `dist/ is missing or older than its sources, and ${tool} is not installed: run \`npm ci\``,
    )
  }
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const file of INPUTS.map(input => join(ROOT, input))
    .filter(existsSync)
    .flatMap(files)) {
    hash
      .update(`${relative(ROOT, file).split(sep).join('/')}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

/** A folder is made by exactly one process; one that is older than a build can take was left by a killed process. */
function lock() {
  const folder = join(ROOT, '.dist-lock')
  for (;;) {
    try {
      mkdirSync(folder)
      return () => rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (Date.now() - ageOf(folder) > 120_000) rmSync(folder, { recursive: true, force: true })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

function ageOf(folder) {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    build()
  } catch (error) {
    console.error(`error: ${error.message}`)
    process.exitCode = 1
  }
}
