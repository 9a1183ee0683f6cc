import { createHash } from 'node:crypto'
import { daySealed } from './errors.ts'
import { checkEvent, type EventContext, isEvent } from './event.ts'
import type { Format } from './line.ts'
import { readLines } from './lines.ts'

/**
 * Reads a file before anything of it is stored, and refuses it where a line is an event of a sealed day. Gives its
 * sha256, by which it is known again.
 */
export async function inspectFile(
  file: AsyncIterable<Uint8Array>,
  input: EventContext & { readonly format: Format; readonly sealedUntil: Date | undefined },
): Promise<string> {
  const hash = createHash('sha256')
  const hashed = hashOf(file, hash)
  const { sealedUntil, format } = input
  if (sealedUntil === undefined) for await (const _ of hashed);
  else
    for await (const line of readLines(hashed, format)) {
      const event = 'item' in line ? checkEvent(line.item, input) : line.rejection
      if (isEvent(event) && event.createdAt < sealedUntil.getTime() * 1000)
        throw daySealed(line.number, new Date(event.createdAt / 1000), sealedUntil)
    }
  return hash.digest('hex')
}

async function* hashOf(file: AsyncIterable<Uint8Array>, hash: { update(chunk: Uint8Array): unknown }) {
  for await (const chunk of file) {
    hash.update(chunk)
    yield chunk
  }
}
