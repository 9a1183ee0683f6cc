import { gunzipSync, gzipSync } from 'node:zlib'
import { parquetMetadataAsync, parquetRead } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Append, ReadableFile } from '../../platform/archive-store.ts'
import { EVENT_COLUMNS, type EventRow } from './event-row.ts'

/** Encoding so many stops the process for less than a tenth of a second, and more would hardly pack better. */
const ROWS_IN_GROUP = 10_000

/** Writes rows as Parquet (gzip) that any reader understands, in bounded memory: a row group leaves when it is full. */
export class EventFileWriter {
  readonly #append: Append
  readonly #bytes = new ByteWriter(1024 ** 2)
  readonly #parquet: ParquetWriter
  #waiting: EventRow[] = []

  constructor(append: Append) {
    this.#append = append
    this.#parquet = new ParquetWriter({
      writer: this.#bytes,
      schema: [
        { name: 'analytics_events', num_children: EVENT_COLUMNS.length },
        ...EVENT_COLUMNS.map(({ element }) => element),
      ],
      codec: 'GZIP',
      compressors: { GZIP: bytes => gzipSync(bytes) },
      createdBy: 'tenantry',
    })
  }

  async write(rows: readonly EventRow[]): Promise<void> {
    this.#waiting = this.#waiting.concat(rows)
    if (this.#waiting.length >= ROWS_IN_GROUP) await this.#writeGroup()
  }

  async finish(): Promise<void> {
    if (this.#waiting.length > 0) await this.#writeGroup()
    await this.#parquet.finish()
    await this.#flush()
  }

  async #writeGroup(): Promise<void> {
    const rows = this.#waiting
    this.#waiting = []
    await this.#parquet.write({
      rowGroupSize: rows.length,
      columnData: EVENT_COLUMNS.map(({ element: { name } }, index) => ({
        name,
        data: rows.map(row => row[index]),
        offsetIndex: false,
      })),
    })
    await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.#append(this.#bytes.getBytes())
    this.#bytes.index = 0
  }
}

/** The rows of such a file, a row group at a time, exactly as they were written. */
export async function* readEventRows(file: ReadableFile): AsyncGenerator<EventRow[]> {
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows)
    let rows: EventRow[] = []
    await parquetRead({
      file,
      metadata,
      columns: EVENT_COLUMNS.map(({ element }) => element.name),
      rowStart,
      rowEnd,
      compressors: { GZIP: bytes => gunzipSync(bytes) },
      parsers: { timestampFromMicroseconds: Number },
      onComplete: read => {
        rows = read as unknown[] as EventRow[]
      },
    })
    yield rows
    rowStart = rowEnd
  }
}
