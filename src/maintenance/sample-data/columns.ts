/** The columns that the rows name, all of them the same: a column that some left out would be NULL for those only. */
export function columnsOf(rows: readonly object[]): string[] {
  const columns = Object.keys(rows[0] ?? {})
  const odd = rows.find(
    row => Object.keys(row).length !== columns.length || !columns.every(name => name in row),
  )
  if (odd !== undefined)
    throw new Error(`rows of one table name other columns: ${Object.keys(odd).join(', ')}`)
  return columns
}
