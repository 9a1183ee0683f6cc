import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type pg from 'pg'

/**
 * Takes the files of a database out of the memory of the operating system. What expires was written months ago, so that
 * memory holds of it what was read since, in large pieces, and not the single pages in which it was written: to give
 * those back takes a processor as long as to free the blocks on disk. False where the server's files are not here.
 */
export async function forgetFiles(client: pg.Client): Promise<boolean> {
  const folder = await folderOf(client)
  if (!existsSync(folder)) return false
  // Only what is on disk can be forgotten.
  await client.query('CHECKPOINT')
  const forget = ['dd', 'if={}', 'iflag=nocache', 'count=0', 'status=none']
  execFileSync('find', [folder, '-type', 'f', '-exec', ...forget, ';'])
  return true
}

/** Reads all files of a database once, so that none of it has to come from disk. */
export async function readFiles(client: pg.Client): Promise<void> {
  execFileSync('find', [await folderOf(client), '-type', 'f', '-exec', 'cat', '{}', '+'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function folderOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ folder: string }>(
    "SELECT current_setting('data_directory') || '/base/' || oid AS folder FROM pg_database WHERE datname = current_database()",
  )
  return rows[0]?.folder ?? ''
}
