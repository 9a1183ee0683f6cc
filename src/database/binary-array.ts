/**
 * Arrays in PostgreSQL's binary form, for `unnest`: the server copies the values instead of parsing them, and nothing
 * of a text can be misread as syntax. Name the array's type in the statement, `$1::uuid[]`.
 */
export function uuidArray<R>(rows: readonly R[], read: (row: R) => string | null): Buffer {
  return fixedArray(UUID, 16, rows, read, writeUuid)
}

/** Values are whole microseconds since 1970, written exactly. */
export function timestamptzArray<R>(rows: readonly R[], read: (row: R) => number): Buffer {
  return fixedArray(TIMESTAMPTZ, 8, rows, read, writeTimestamp)
}

export function booleanArray<R>(rows: readonly R[], read: (row: R) => boolean): Buffer {
  return fixedArray(BOOLEAN, 1, rows, read, writeBoolean)
}

export function textArray<R>(rows: readonly R[], read: (row: R) => string | null): Buffer {
  return textualArray(TEXT, undefined, rows, read)
}

/** Values are JSON. */
export function jsonbArray<R>(rows: readonly R[], read: (row: R) => string | null): Buffer {
  return textualArray(JSONB, JSONB_VERSION, rows, read)
}

const [BOOLEAN, TEXT, TIMESTAMPTZ, UUID, JSONB] = [16, 25, 1184, 2950, 3802]
const JSONB_VERSION = 1
const HEADER_BYTES = 20
const NULL = -1
const POSTGRES_EPOCH = Date.UTC(2000, 0, 1) * 1000

function fixedArray<R, V>(
  type: number,
  size: number,
  rows: readonly R[],
  read: (row: R) => V | null,
  write: (buffer: Buffer, offset: number, value: V) => void,
): Buffer {
  const buffer = startArray(type, rows.length, HEADER_BYTES + rows.length * (4 + size))
  let end = HEADER_BYTES
  for (const row of rows) {
    const value = read(row)
    end = buffer.writeInt32BE(value === null ? NULL : size, end)
    if (value === null) continue
    write(buffer, end, value)
    end += size
  }
  return buffer.subarray(0, end)
}

function textualArray<R>(
  type: number,
  version: number | undefined,
  rows: readonly R[],
  read: (row: R) => string | null,
): Buffer {
  // In UTF-8 no character takes more than three bytes for each unit of its length.
  let most = HEADER_BYTES
  for (const row of rows) most += 5 + (read(row)?.length ?? 0) * 3
  const buffer = startArray(type, rows.length, most)
  let end = HEADER_BYTES
  for (const row of rows) {
    const value = read(row)
    const start = end + 4
    end = start
    if (value !== null) {
      if (version !== undefined) buffer[end++] = version
      end += buffer.write(value, end, 'utf8')
    }
    buffer.writeInt32BE(value === null ? NULL : end - start, start - 4)
  }
  return buffer.subarray(0, end)
}

/** Dimensions, "may hold NULL", type of the elements; then the length and the lower bound of the one dimension. */
function startArray(type: number, length: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes)
  let end = 0
  for (const field of [1, 1, type, length, 1]) end = buffer.writeInt32BE(field, end)
  return buffer
}

function writeUuid(buffer: Buffer, offset: number, uuid: string): void {
  for (let byte = 0; byte < 16; byte++) {
    const at = PLACES[byte] as number
    buffer[offset + byte] = (nibble(uuid, at) << 4) | nibble(uuid, at + 1)
  }
}

/** Where the two digits of each byte stand in a UUID. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]

function nibble(uuid: string, at: number): number {
  return NIBBLES[uuid.charCodeAt(at)] as number
}

/** The value of a hexadecimal digit, in either case, by its code: looked up, because this runs for most of an event. */
const NIBBLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(value) ? 0 : value
})

function writeTimestamp(buffer: Buffer, offset: number, microseconds: number): void {
  const since2000 = microseconds - POSTGRES_EPOCH
  const high = Math.floor(since2000 / 0x1_0000_0000)
  buffer.writeInt32BE(high, offset)
  buffer.writeUInt32BE(since2000 - high * 0x1_0000_0000, offset + 4)
}

function writeBoolean(buffer: Buffer, offset: number, value: boolean): void {
  buffer[offset] = value ? 1 : 0
}
