import { isUtf8 } from 'node:buffer'
import { pipeline, Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { csvHeaderInvalid } from './errors.ts'
import { EVENT_FIELDS } from './event.ts'
import type { Line } from './line.ts'
import { lineNotCsv, lineNotUtf8, propertiesInvalid, type Rejection } from './rejection.ts'

/**
 * The records of a CSV file (RFC 4180) as items. The first line names their fields: those of an event, `properties` as
 * JSON, or one column each as `properties.name`, whose numbers, true and false are taken for what they are. An empty cell
 * leaves the field out. A record that cannot be read spoils no other.
 */
export async function* readCsvLines(file: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const skipped: CsvError[] = []
  const parser = parse({
    encoding: null, // whether it is UTF-8 is judged cell by cell
    info: true,
    max_record_size: MOST_CHARACTERS_IN_RECORD,
    on_skip: error => {
      if (error !== undefined) skipped.push(error)
    },
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  })
  pipeline(Readable.from(withoutMark(file)), parser, () => {})
  let columns: readonly string[] | undefined
  let last = 0
  const records = parser as AsyncIterable<{ record: Buffer[]; info: { lines: number } }>
  for await (const { record, info } of records) {
    yield* takeSkipped(skipped, last, info.lines)
    last = info.lines
    if (columns === undefined) columns = checkHeader(record.map(String))
    else yield { number: last, ...itemOf(columns, record) }
  }
  yield* takeSkipped(skipped, last, Infinity)
}

/** The byte order mark that some programs write first; the parser would read all as text because of it. */
async function* withoutMark(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of file) {
    if (first === undefined) yield chunk
    else {
      first = Buffer.concat([first, chunk])
      if (first.length < MARK.length) continue
      yield first.subarray(first.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0)
      first = undefined
    }
  }
  if (first !== undefined) yield first
}

const MARK = Buffer.from('\ufeff')
const MOST_CHARACTERS_IN_RECORD = 256 * 1024

/** The parser reads ahead; and of a quote that is never closed it knows the end of the file only. */
function* takeSkipped(skipped: CsvError[], last: number, before: number): Generator<Line> {
  while (skipped[0] !== undefined && Number(skipped[0].lines) < before) {
    const { code, message, lines } = skipped.shift() as CsvError
    const number = code === 'CSV_QUOTE_NOT_CLOSED' ? last + 1 : Number(lines)
    yield { number, rejection: lineNotCsv(message) }
  }
}

function checkHeader(columns: readonly string[]): readonly string[] {
  const unknown = columns.filter(name => !EVENT_FIELDS.has(name) && !/^properties\../.test(name))
  const twice = columns.filter((name, place) => columns.indexOf(name) !== place)
  const missing = ['id', 'event_type'].filter(name => !columns.includes(name))
  const faults = [
    ...unknown.map(name => `"${name.slice(0, 100)}" is no field of an event`),
    ...twice.map(name => `"${name}" stands there twice`),
    ...missing.map(name => `"${name}" is missing`),
  ]
  if (faults.length > 0) throw csvHeaderInvalid(faults)
  return columns
}

function itemOf(
  columns: readonly string[],
  cells: readonly Buffer[],
): { item: unknown } | { rejection: Rejection } {
  if (cells.length !== columns.length)
    return {
      rejection: lineNotCsv(`${cells.length} cells where the first line names ${columns.length} columns`),
    }
  if (!cells.every(cell => isUtf8(cell))) return { rejection: lineNotUtf8() }
  const item: Record<string, unknown> = {}
  const properties: [string, unknown][] = []
  for (const [place, name] of columns.entries()) {
    const text = String(cells[place])
    if (text === '') continue
    if (name.startsWith('properties.')) properties.push([name.slice('properties.'.length), scalarOf(text)])
    else if (name !== 'properties') item[name] = text
    else if (!isJson(text))
      return { rejection: propertiesInvalid('is no JSON; write it like {"channel": "chat"}') }
    else item.properties = JSON.parse(text)
  }
  if (properties.length > 0)
    item.properties = Object.assign(Object.create(null), item.properties, Object.fromEntries(properties))
  return { item }
}

/** What JSON writes in the same way; a number that would lose digits, or leading zeros, stays text. */
function scalarOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  return NUMBER.test(text) && (Number.isSafeInteger(number) || !Number.isInteger(number)) ? number : text
}

const NUMBER = /^-?(0|[1-9]\d{0,20})(\.\d{1,20})?$/

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
