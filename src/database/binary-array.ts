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
  return textualArray(TEXT, '', rows, read)
}

/** Values are JSON. */
export function jsonbArray<R>(rows: readonly R[], read: (row: R) => string | null): Buffer {
  return textualArray(JSONB, '\u0001', rows, read)
}

const [BOOLEAN, TEXT, TIMESTAMPTZ, UUID, JSONB] = [16, 25, 1184, 2950, 3802]
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
  prefix: string,
  rows: readonly R[],
  read: (row: R) => string | null,
): Buffer {
  // In UTF-8 no character takes more than three bytes for each unit of its length.
  let most = HEADER_BYTES
  for (const row of rows) most += 4 + prefix.length + (read(row)?.length ?? 0) * 3
  const buffer = startArray(type, rows.length, most)
  let end = HEADER_BYTES
  for (const row of rows) {
    const value = read(row)
    const start = end + 4
    end = start
    if (value !== null) {
      end += buffer.write(prefix, end, 'latin1')
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
  let at = offset
  for (let i = 0; i < 36; i += 2) {
    if (uuid.charCodeAt(i) === HYPHEN) i++
    buffer[at++] = (nibble(uuid.charCodeAt(i)) << 4) | nibble(uuid.charCodeAt(i + 1))
  }
}

const HYPHEN = 45

/** The value of a hexadecimal digit, in either case. */
function nibble(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87
}

function writeTimestamp(buffer: Buffer, offset: number, microseconds: number): void {
  const since2000 = microseconds - POSTGRES_EPOCH
  const high = Math.floor(since2000 / 0x1_0000_0000)
  buffer.writeInt32BE(high, offset)
  buffer.writeUInt32BE(since2000 - high * 0x1_0000_0000, offset + 4)
}

function writeBoolean(buffer: Buffer, offset: number, value: boolean): void {
  buffer[offset] = value ? 1 : 0
}
