import { type RawBuilder, sql } from 'kysely'

/** An instant as RFC 3339 in UTC, with every microsecond: a `Date` drops them, and a page would begin where it began. */
export function instant(value: string | RawBuilder<unknown>) {
  const at = typeof value === 'string' ? sql.ref(value) : value
  return sql<string>`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}
