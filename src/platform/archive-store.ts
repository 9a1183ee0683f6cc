import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/**
 * Where files lie that are written once and kept for years. A file is there whole or not at all, whatever is killed
 * meanwhile. So small that a bucket can take a folder's place.
 */
export type ArchiveStore = {
  /** For people: where this is. */
  readonly place: string
  /** Writes a file under a new name; resolves when it is on disk. */
  write(name: string, produce: (append: Append) => Promise<void>): Promise<StoredFile>
  /** Runs `use` on the file, which may be read anywhere; a name that is not there is an error of code ENOENT. */
  read<T>(name: string, use: (file: ReadableFile) => Promise<T>): Promise<T>
  /** The names of all whole files, in order. */
  list(): Promise<string[]>
  /** A name that is not there is no error. */
  remove(name: string): Promise<void>
}

export type Append = (bytes: Uint8Array) => Promise<void>

export type StoredFile = { readonly bytes: number; readonly sha256: string }

export type ReadableFile = {
  readonly byteLength: number
  slice(start: number, end?: number): Promise<ArrayBuffer>
}

/** A folder as the store; it is made when something is written. Names may have folders in them, with `/`. */
export function openArchiveFolder(folder: string): ArchiveStore {
  const pathOf = (name: string) => join(folder, ...name.split('/'))
  return {
    place: folder,
    async write(name, produce) {
      const path = pathOf(name)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const stored = await writeWhole(`${path}${UNFINISHED}`, produce)
      await rename(`${path}${UNFINISHED}`, path)
      await syncFolder(dirname(path))
      return stored
    },
    async read(name, use) {
      const file = await open(pathOf(name))
      try {
        const { size } = await file.stat()
        return await use({ byteLength: size, slice: (start, end = size) => readSlice(file, start, end) })
      } finally {
        await file.close()
      }
    },
    async list() {
      const paths = await readdir(folder, { recursive: true, withFileTypes: true }).catch(emptyWhereMissing)
      return paths
        .filter(entry => entry.isFile() && !entry.name.endsWith(UNFINISHED))
        .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort()
    },
    async remove(name) {
      await rm(pathOf(name), { force: true })
      await rm(`${pathOf(name)}${UNFINISHED}`, { force: true })
    },
  }
}

/** The sha256 of a file as it lies there, read piece by piece. */
export async function hashFile(file: ReadableFile): Promise<string> {
  const hash = createHash('sha256')
  for (let start = 0; start < file.byteLength; start += PIECE)
    hash.update(new Uint8Array(await file.slice(start, Math.min(start + PIECE, file.byteLength))))
  return hash.digest('hex')
}

const PIECE = 1024 ** 2
const UNFINISHED = '.unfinished'

async function writeWhole(path: string, produce: (append: Append) => Promise<void>): Promise<StoredFile> {
  const file = await open(path, 'w', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await produce(async chunk => {
      hash.update(chunk)
      bytes += chunk.byteLength
      await file.writeFile(chunk)
    })
    await file.sync()
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function readSlice(file: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const buffer = new ArrayBuffer(Math.max(end - start, 0))
  let read = 0
  while (read < buffer.byteLength) {
    const { bytesRead } = await file.read(
      new Uint8Array(buffer, read),
      0,
      buffer.byteLength - read,
      start + read,
    )
    // The file has become shorter than it was.
    if (bytesRead === 0) return buffer.slice(0, read)
    read += bytesRead
  }
  return buffer
}

/** Without this a renamed file may be lost with the machine's power. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}

function emptyWhereMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return []
  throw error
}
