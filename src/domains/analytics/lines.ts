import { isUtf8 } from 'node:buffer'

/** A line of a file, counted from 1; `text` is undefined where its bytes are no UTF-8. */
export type Line = { readonly number: number; readonly text: string | undefined }

/** The lines of a file in the order and with the bytes they have in it, empty ones left out. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    // A buffer of its own, because a stream may fill the same chunk again.
    let bytes = Buffer.concat([rest, chunk])
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE)) {
      const line = lineOf(++number, bytes.subarray(0, end))
      if (line.text !== '') yield line
      bytes = bytes.subarray(end + 1)
    }
    rest = bytes
  }
  const last = lineOf(++number, rest)
  if (last.text !== '') yield last
}

const NEWLINE = 0x0a

function lineOf(number: number, bytes: Buffer): Line {
  if (!isUtf8(bytes)) return { number, text: undefined }
  // Some editors put a byte order mark before the first line; JSON takes the rest of the space around it.
  return {
    number,
    text: bytes
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trim(),
  }
}
