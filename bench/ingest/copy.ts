import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { newEvent, type Sender } from './events.ts'

/** Seconds that one COPY on one connection takes for so many new events; the text is made before the clock starts. */
export async function copyEvents(
  url: string,
  columns: readonly string[],
  senders: readonly Sender[],
  rows: number,
): Promise<number> {
  const chunks = makeChunks(columns, senders, rows)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const start = performance.now()
    await pipeline(Readable.from(chunks), client.query(from(`COPY analytics_events (${columns}) FROM STDIN`)))
    return (performance.now() - start) / 1000
  } finally {
    await client.end()
  }
}

function makeChunks(columns: readonly string[], senders: readonly Sender[], rows: number): Buffer[] {
  const chunks: Buffer[] = []
  let text = ''
  for (let n = 0; n < rows; n++) {
    const sender = senders[n % senders.length] as Sender
    const event = newEvent(sender)
    const row: Record<string, string> = {
      ...event,
      organization_id: sender.id,
      properties: JSON.stringify(event.properties),
    }
    text += `${columns.map(column => row[column]).join('\t')}\n`
    if (text.length > 65_536 || n === rows - 1) {
      chunks.push(Buffer.from(text))
      text = ''
    }
  }
  return chunks
}
