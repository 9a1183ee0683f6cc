import { createHash } from 'node:crypto'
import { type ArchiveStore, hashFile, type ReadableFile } from '../../platform/archive-store.ts'
import { archiveDamaged } from './errors.ts'
import { canonicalText } from './event-row.ts'
import { type Manifest, manifestName, Totals } from './manifest.ts'
import { readEventRows } from './parquet.ts'

/**
 * Reads a file of the archive again, every byte and every row, and holds it against its manifest; anything else than
 * what was written is refused. `sha256` is what the database remembers of the file, where it does.
 */
export async function verifyFile(
  store: ArchiveStore,
  { file, sha256 }: { file: string; sha256?: string | null },
): Promise<Manifest> {
  const manifest = await readManifest(store, file)
  if (sha256 && sha256 !== manifest.sha256)
    throw archiveDamaged(file, ['its manifest is another than the database knows'])
  const faults = await store.read(file, stored => faultsOf(stored, manifest)).catch(unreadable)
  if (faults.length > 0) throw archiveDamaged(file, faults)
  return manifest
}

async function readManifest(store: ArchiveStore, file: string): Promise<Manifest> {
  try {
    const text = await store.read(manifestName(file), async stored => stored.slice(0))
    const manifest: Manifest = JSON.parse(Buffer.from(text).toString())
    if (manifest.format !== 'tenantry.events/1') throw new Error(`its format is ${manifest.format}`)
    return manifest
  } catch (error) {
    throw archiveDamaged(file, [`its manifest cannot be read (${messageOf(error)})`])
  }
}

async function faultsOf(stored: ReadableFile, manifest: Manifest): Promise<string[]> {
  if (stored.byteLength !== manifest.bytes)
    return [`it has ${stored.byteLength} bytes and not ${manifest.bytes}`]
  if ((await hashFile(stored)) !== manifest.sha256) return ['its bytes have changed']
  const totals = new Totals()
  const hash = createHash('sha256')
  for await (const rows of readEventRows(stored)) {
    totals.add(rows)
    hash.update(canonicalText(rows))
  }
  const faults: string[] = []
  if (JSON.stringify(totals.organizations) !== JSON.stringify(manifest.organizations))
    faults.push('the counts and sums of its organizations differ from the manifest')
  if (hash.digest('hex') !== manifest.rows_sha256) faults.push('its rows differ from the manifest')
  return faults
}

const unreadable = (error: unknown) => [`it cannot be read (${messageOf(error)})`]
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
