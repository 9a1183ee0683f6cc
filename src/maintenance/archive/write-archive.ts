import { createHash, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import type { ArchiveStore } from '../../platform/archive-store.ts'
import { formatRfc3339 } from '../../platform/rfc3339.ts'
import { archiveMismatch } from './errors.ts'
import { canonicalText, type EventRow } from './event-row.ts'
import { type Manifest, manifestName, SUMMED, Totals } from './manifest.ts'
import { EventFileWriter } from './parquet.ts'
import { type Expired, readExpired, sumExpired } from './read-expired.ts'
import { verifyFile } from './verify-file.ts'

type Chunk = {
  readonly organization_id: string
  readonly first_at: string
  readonly first_id: string
  readonly last_at: string
  readonly last_id: string
  readonly events: number
}

/**
 * Puts expired events of one month into a file of the archive and gives its id when it is proved that they are there:
 * every row was read back from the file, and the database itself counts and adds up the same. Only then is the archive
 * verified, together with the chunks that may be deleted for it. Killed before that, all of it is thrown away and begun
 * anew: nothing was deleted. Gives undefined where there is nothing to put.
 */
export async function writeArchive(
  pool: pg.Pool,
  input: { store: ArchiveStore; month: string; expired: readonly Expired[]; now: Date },
): Promise<string | undefined> {
  const { store, month, expired, now } = input
  const id = randomUUID()
  const file = `events/${month}/${now.toISOString().slice(0, 19).replaceAll(':', '-')}-${id.slice(0, 8)}.parquet`
  await inRole(pool, 'tenantry_jobs', tx =>
    tx
      .insertInto('event_archives')
      .values({ id, month: `${month}-01`, file })
      .execute(),
  )
  const { chunks, ...manifest } = await writeFile(pool, { store, file, month, expired, now })
  if (chunks.length === 0) {
    await discardArchive(pool, store, { id, file })
    return undefined
  }
  await store.write(manifestName(file), append =>
    append(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)),
  )
  await verifyFile(store, { file, sha256: manifest.sha256 })
  await compareWithDatabase(pool, manifest, expired)
  await markVerified(pool, id, manifest, chunks)
  return id
}

/** Forgets an archive of which nothing was deleted, with its file. */
export async function discardArchive(
  pool: pg.Pool,
  store: ArchiveStore,
  { id, file }: { id: string; file: string },
): Promise<void> {
  await store.remove(file)
  await store.remove(manifestName(file))
  await inRole(pool, 'tenantry_jobs', tx => tx.deleteFrom('event_archives').where('id', '=', id).execute())
}

async function writeFile(
  pool: pg.Pool,
  input: { store: ArchiveStore; file: string; month: string; expired: readonly Expired[]; now: Date },
): Promise<Manifest & { chunks: readonly Chunk[] }> {
  const { store, file, month, expired, now } = input
  const totals = new Totals()
  const hash = createHash('sha256')
  const chunks: Chunk[] = []
  const stored = await store.write(file, async append => {
    const writer = new EventFileWriter(append)
    for (const span of expired) {
      for await (const rows of readExpired(pool, span)) {
        totals.add(rows)
        hash.update(canonicalText(rows))
        chunks.push(chunkOf(rows))
        await writer.write(rows)
      }
    }
    await writer.finish()
  })
  return {
    format: 'tenantry.events/1',
    file,
    month,
    written_at: now.toISOString(),
    ...stored,
    events: chunks.reduce((sum, { events }) => sum + events, 0),
    rows_sha256: hash.digest('hex'),
    organizations: totals.organizations,
    chunks,
  }
}

function chunkOf(rows: readonly EventRow[]): Chunk {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) throw new Error('a page without rows')
  return {
    organization_id: first[0],
    first_at: formatRfc3339(first[1]),
    first_id: first[2],
    last_at: formatRfc3339(last[1]),
    last_id: last[2],
    events: rows.length,
  }
}

/** What came from the database row by row is held against what it says of all rows: a second way, another reader. */
async function compareWithDatabase(
  pool: pg.Pool,
  manifest: Manifest,
  expired: readonly Expired[],
): Promise<void> {
  for (const span of expired) {
    const counted = await sumExpired(pool, span)
    const { organizationId } = span
    const totals = manifest.organizations.find(each => each.organization_id === organizationId)
    const held = Object.fromEntries(
      ['events', ...SUMMED].map(name => [name, totals?.[name as 'events'] ?? 0]),
    )
    if (!isDeepStrictEqual({ ...counted }, held)) throw archiveMismatch(manifest.file, organizationId)
  }
}

async function markVerified(
  pool: pg.Pool,
  id: string,
  { events, bytes, sha256 }: Manifest,
  chunks: readonly Chunk[],
): Promise<void> {
  await inRole(pool, 'tenantry_jobs', async tx => {
    const updated = await tx
      .updateTable('event_archives')
      .set({ state: 'verified', events, bytes, sha256, verified_at: sql`now()` })
      .where('id', '=', id)
      .where('state', '=', 'writing')
      .returning('id')
      .execute()
    // Another run has thrown it away: this one was taken for dead.
    if (updated.length === 0) throw new Error(`the archive ${id} is no longer this run's to verify`)
    await sql`
      INSERT INTO event_archive_chunks (archive_id, organization_id, first_at, first_id, last_at, last_id, events)
      SELECT ${id}::uuid, * FROM jsonb_to_recordset(${JSON.stringify(chunks)}) AS chunk (organization_id uuid,
        first_at timestamptz, first_id uuid, last_at timestamptz, last_id uuid, events integer)`.execute(tx)
  })
}
