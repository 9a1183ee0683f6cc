import { sql } from 'kysely'

/** An instant as RFC 3339 in UTC, with every microsecond: a `Date` drops them, and a page would begin where it began. */
export function instant(column: string) {
  return sql<string>`to_char(${sql.ref(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}
