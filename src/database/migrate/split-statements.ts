/** One statement of a SQL file and the line where it begins. */
export interface Statement {
  text: string
  line: number
}

/** Splits SQL where the server would: never inside a string, a quoted name, a comment, a dollar quote or a function body. */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = []
  let start = -1
  let depth = 0
  const token = new RegExp(TOKEN, 'gy')
  for (let match = token.exec(sql); match; match = token.exec(sql)) {
    const text = match[0]
    if (text === ';' && depth === 0) {
      if (start >= 0) statements.push(statementAt(sql, start, match.index))
      start = -1
      continue
    }
    if (/^(\s|--|\/\*)/.test(text)) continue
    if (start < 0) start = match.index
    // A body between BEGIN ATOMIC and END holds semicolons of its own.
    if (/^begin$/i.test(text) && /^begin\s+atomic\b/i.test(sql.slice(match.index, match.index + 40)))
      depth += 1
    else if (depth > 0 && /^case$/i.test(text)) depth += 1
    else if (depth > 0 && /^end$/i.test(text)) depth -= 1
  }
  if (start >= 0) statements.push(statementAt(sql, start, sql.length))
  return statements
}

/** The line (from 1) of a character of `sql`. */
export function lineAt(sql: string, index: number): number {
  return sql.slice(0, index).split('\n').length
}

function statementAt(sql: string, start: number, end: number): Statement {
  return { text: sql.slice(start, end).trimEnd(), line: lineAt(sql, start) }
}

const TOKEN = [
  String.raw`\s+`,
  String.raw`--[^\n]*`,
  String.raw`\/\*[\s\S]*?\*\/`,
  String.raw`[eE]'(?:[^'\\]|\\[\s\S]|'')*'`,
  `'(?:[^']|'')*'`,
  '"(?:[^"]|"")*"',
  String.raw`\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$`,
  String.raw`[A-Za-z_][\w$]*`,
  String.raw`[\s\S]`,
].join('|')
