import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'

export type Cell = string | number | boolean | null

/**
 * Answers with a table of any size as CSV (RFC 4180, UTF-8), a page of rows at a time: the next one is read when the
 * client has taken the last, so memory stays small and nothing of the database is held in between. A failure before the
 * first row is answered like any other; a later one breaks the connection, so that a table which ends is whole.
 */
export async function sendCsv(
  reply: FastifyReply,
  {
    name,
    columns,
    pages,
  }: { name: string; columns: readonly string[]; pages: Iterable<Cell[][]> | AsyncIterable<Cell[][]> },
): Promise<FastifyReply> {
  const rest = Readable.from(pages)[Symbol.asyncIterator]()
  const first = await rest.next()
  reply.type('text/csv; charset=utf-8; header=present')
  reply.header('content-disposition', `attachment; filename="${name}"`)
  return reply.send(Readable.from(textOf(columns, first, rest)))
}

async function* textOf(
  columns: readonly string[],
  first: IteratorResult<Cell[][]>,
  rest: AsyncIterator<Cell[][]>,
): AsyncGenerator<string> {
  yield csvLine(columns)
  for (let page = first; !page.done; page = await rest.next())
    if (page.value.length > 0) yield page.value.map(csvLine).join('')
}

/** A row as a line. Text that a spreadsheet would run as a formula gets an apostrophe before it, as spreadsheets write text. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What the reference says of such an answer. */
export const Csv = {
  content: { 'text/csv': { schema: Type.String() } },
  description: 'A table with its header.',
}

const FORMULA = /^[=+\-@\t\r]/
const QUOTED = /[",\r\n]|^\s|\s$/
