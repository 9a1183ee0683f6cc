import { isAbsolute, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Where our own database is kept when nobody says: in the folder where the command is run, and in a clone always at its
 * top. Else the same command in another folder of the clone would make a second, empty database without a word.
 */
export function defaultDataDir(folder: string): string {
  const way = relative(PACKAGE, folder)
  const isInClone = way.split(sep)[0] !== '..' && !isAbsolute(way)
  return join(isInClone ? PACKAGE : folder, '.tenantry')
}
