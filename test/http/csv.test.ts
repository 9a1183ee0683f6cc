import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvLine } from '../../src/http/csv.ts'

test.each([
  [['a', 1, null, true, -2.5], 'a,1,,true,-2.5\r\n'],
  [['with "quotes"', 'a,b', 'two\nlines', ' edge '], '"with ""quotes""","a,b","two\nlines"," edge "\r\n'],
  [['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'], `'=1+1,'+1,'-1,'@SUM(A1),'\t=1,"'\r=1"\r\n`],
  [['=HYPERLINK("x","y")'], `"'=HYPERLINK(""x"",""y"")"\r\n`],
  [['Zoë 💬', ''], 'Zoë 💬,\r\n'],
])('%j is the line that spreadsheets and parsers read back', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
  const [read] = parse(line, { relax_column_count: true })
  expect(read).toHaveLength(cells.length)
})
