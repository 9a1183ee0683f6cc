import { open, rename, rm } from 'node:fs/promises'
import type { Append } from '../platform/archive-store.ts'
import { AppError } from '../platform/errors.ts'

/** Writes a file that is there as a whole or not at all: half of a month must not be taken for all of it. */
export async function writeWholeFile<T>(path: string, produce: (append: Append) => Promise<T>): Promise<T> {
  const unfinished = `${path}.unfinished`
  const file = await open(unfinished, 'w', 0o600).catch(error => {
    throw fileUnwritable(path, error)
  })
  try {
    const result = await produce(chunk => file.writeFile(chunk))
    await file.close()
    await rename(unfinished, path)
    return result
  } catch (error) {
    await file.close().catch(() => {})
    await rm(unfinished, { force: true })
    throw error
  }
}

const fileUnwritable = (path: string, error: Error) =>
  new AppError(
    'cli.file_unwritable',
    'invalid',
    `${path} cannot be written (${error.message}). Name a file in a folder that you may write to.`,
    { path },
  )
