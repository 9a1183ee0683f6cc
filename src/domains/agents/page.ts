import { positionInvalid } from './errors.ts'
import type { Columns } from './read-columns.ts'

/** Where a page ended: the time of its last row as the column has it, and the row's id; empty where there is no such column. */
export type Position = { readonly position: string; readonly id: string }

export type Page<R> = {
  readonly rows: readonly Omit<R, 'position'>[]
  /** Absent on the last page. */
  readonly next: Position | undefined
}

/** The page itself, of rows of which one more than it holds was asked for. */
export function pageOf<R extends Position>(rows: readonly R[], limit: number): Page<R> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit).map(({ position: _, ...row }) => row),
    next: last && { position: last.position, id: last.id ?? '' },
  }
}

/**
 * How the rows of a table are put in order, newest first, and told apart: by the first of these times that it has and by its id,
 * in the column's own type, so that an index can be used.
 */
export function positionOf(columns: Columns, alias: string, times: readonly string[]) {
  const time = times.find(name => columns.get(name)?.startsWith('timestamp'))
  const idType = columns.get('id')
  const isZoned = columns.get(time ?? '') === 'timestamp with time zone'
  const utc = isZoned ? " AT TIME ZONE 'UTC'" : ''
  const shown = `to_char(${alias}.${time}${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US${isZoned ? '"Z"' : ''}')`
  const keys = [
    ...(time === undefined ? [] : [{ column: `${alias}.${time}`, type: columns.get(time), of: 'position' }]),
    ...(idType === undefined ? [] : [{ column: `${alias}.id`, type: idType, of: 'id' }]),
  ] as readonly { column: string; type: string; of: keyof Position }[]
  return {
    fields: `${time === undefined ? `''` : shown} AS position, ${idType === undefined ? 'NULL' : `${alias}.id::text`} AS id`,
    order: keys.map(({ column }) => `${column} DESC`).join(', '),
    behind(after: Position, value: (given: unknown) => string): string {
      if (!isOfType(after.id, idType)) throw positionInvalid()
      const bounds = keys.map(({ of, type }) => `${value(after[of])}::${type}`)
      return `(${keys.map(({ column }) => column).join(', ')}) < (${bounds.join(', ')})`
    },
  }
}

function isOfType(id: string, type: string | undefined): boolean {
  if (type === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  if (type === 'bigint' || type === 'integer') return /^\d{1,18}$/.test(id)
  return true
}
