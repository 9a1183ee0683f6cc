/** What a document says of one column: who writes it and who reads it. */
export interface ColumnUse {
  table: string
  column: string
  writtenBy: string
  readBy: string
}

/** The rows of every table under a heading of the third level that is a table's name; one row may name several columns. */
export function parseColumns(markdown: string): ColumnUse[] {
  const uses: ColumnUse[] = []
  let table: string | undefined
  for (const line of markdown.split('\n')) {
    if (line.startsWith('#')) table = /^### (\w+)$/.exec(line)?.[1]
    const [, columns = '', writtenBy = '', readBy = ''] = line.split('|').map(cell => cell.trim())
    if (table === undefined || !columns.startsWith('`')) continue
    for (const column of named(columns)) uses.push({ table, column, writtenBy, readBy })
  }
  return uses
}

/** The names between backticks. */
export function named(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? '')
}
