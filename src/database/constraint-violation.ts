import pg from 'pg'

/** True where the error says that a unique key over `column` of `table` has this value already. */
export function violatesUnique(error: unknown, table: string, column: string): error is pg.DatabaseError {
  return violates(error, '23505', table, column)
}

/** True where the error says that what `column` of `table` refers to is not there. */
export function violatesForeignKey(error: unknown, table: string, column: string): error is pg.DatabaseError {
  return violates(error, '23503', table, column)
}

/** By name or by columns: on a database that was there before ours, keys have names of its own. */
function violates(error: unknown, code: string, table: string, column: string): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code !== code || error.table !== table) return false
  return [error.constraint, error.detail].some(text => text?.includes(column))
}
