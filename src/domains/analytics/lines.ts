import { isUtf8 } from 'node:buffer'
import { readCsvLines } from './csv-lines.ts'
import type { Format, Line } from './line.ts'
import { lineNotJson, lineNotUtf8 } from './rejection.ts'

/** The lines of a file in their order, empty ones left out. */
export function readLines(file: AsyncIterable<Uint8Array>, format: Format): AsyncGenerator<Line> {
  return format === 'csv' ? readCsvLines(file) : readJsonLines(file)
}

async function* readJsonLines(file: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of file) {
    // A buffer of its own, because a stream may fill the same chunk again.
    let bytes = Buffer.concat([rest, chunk])
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE)) {
      const line = lineOf(++number, bytes.subarray(0, end))
      if (line !== undefined) yield line
      bytes = bytes.subarray(end + 1)
    }
    rest = bytes
  }
  const last = lineOf(++number, rest)
  if (last !== undefined) yield last
}

const NEWLINE = 0x0a

function lineOf(number: number, bytes: Buffer): Line | undefined {
  if (!isUtf8(bytes)) return { number, rejection: lineNotUtf8() }
  // Some editors put a byte order mark before the first line; JSON takes the rest of the space around it.
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
  if (text === '') return undefined
  try {
    return { number, item: JSON.parse(text) }
  } catch (error) {
    return { number, rejection: lineNotJson(error instanceof Error ? error.message : String(error)) }
  }
}
