import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { giveToOwner } from './folder.ts'

/** The log of the last run becomes `….log.1`; a new one begins, readable by its owner alone. */
export function openLog(path: string): number {
  if (existsSync(path)) renameSync(path, `${path}.1`)
  const descriptor = openSync(path, 'a', 0o600)
  chmodSync(path, 0o600)
  giveToOwner(path)
  return descriptor
}

/** Keeps the log of a long run within two files of about `limit` bytes; the returned function ends that. */
export function keepLogSmall(path: string, limit = 10_000_000, everyMs = 60_000): () => void {
  const timer = setInterval(() => {
    if (!existsSync(path) || statSync(path).size < limit) return
    copyFileSync(path, `${path}.1`)
    // The server holds the file open for appending, so it goes on at the new end.
    truncateSync(path)
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Why the server gave up, in its own words: the last FATAL or PANIC of the log, what led to it and its hint. */
export function reasonInLog(path: string, from: number): string {
  const lines = readFrom(path, from).trim().split('\n')
  const last = lines.findLastIndex(line => /(FATAL|PANIC):/.test(line))
  if (last < 0) return lines.at(-1) || 'it said nothing'
  // A fault in a configuration file is told in the line before.
  const first = /contains errors/.test(lines[last] ?? '') ? last - 1 : last
  const told = lines
    .slice(Math.max(first, 0))
    .filter((line, nth) => nth <= last - first || /(DETAIL|HINT):/.test(line))
  return told.map(line => line.replace(/^.*?(LOG|FATAL|PANIC|DETAIL|HINT):\s*/, '')).join('; ')
}

export function readFrom(path: string, from: number): string {
  const size = statSync(path).size
  const begin = Math.max(from, size - 64_000)
  const buffer = Buffer.alloc(Math.max(0, size - begin))
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, buffer, 0, buffer.length, begin)
  } finally {
    closeSync(descriptor)
  }
  return buffer.toString('utf8')
}
