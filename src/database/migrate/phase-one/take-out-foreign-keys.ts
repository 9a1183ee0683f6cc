/** A statement without the keys to a host's tables, and the statements that add them. */
export interface Parted {
  text: string
  keys: string[]
}

/**
 * Takes the foreign keys to `hosts` out of a CREATE TABLE, so that they can be added in the end. Each of them stops the
 * host's writers from its creation to the commit, which is to be a moment and not the making of all our tables.
 * What is not recognised stays where it is: it is right there as well, only the host waits longer.
 */
export function takeOutForeignKeys(text: string, hosts: readonly string[]): Parted {
  const { head, table } = CREATE_TABLE.exec(text)?.groups ?? {}
  if (hosts.length === 0 || head === undefined || !table || hosts.includes(table)) return { text, keys: [] }
  const end = closingParenthesis(text, head.length)
  if (end < 0) return { text, keys: [] }
  const toHost = new RegExp(
    `\\breferences\\s+(?:${hosts.join('|')})\\b(?:\\s*\\([^)]*\\))?(?:\\s+on\\s+(?:delete|update)\\s+(?:cascade|restrict|no\\s+action|set\\s+(?:null|default)(?:\\s*\\([^)]*\\))?))*`,
    'i',
  )
  const keys: string[] = []
  const kept = elementsOf(text.slice(head.length, end)).flatMap(element => {
    const code = withoutComments(element).trim()
    const reference = toHost.exec(code)?.[0]
    if (!reference) return [element]
    if (/^(constraint\s+\w+\s+)?foreign\s+key\b/i.test(code)) {
      keys.push(`ALTER TABLE ${table} ADD ${code}`)
      return []
    }
    keys.push(`ALTER TABLE ${table} ADD FOREIGN KEY (${/^\w+/.exec(code)?.[0]}) ${reference}`)
    return [code.replace(reference, '')]
  })
  return { text: `${head}${kept.join(',')}${text.slice(end)}`, keys }
}

const CREATE_TABLE =
  /^(?<head>create\s+table\s+(?:if\s+not\s+exists\s+)?(?:public\.)?(?<table>[a-z_]\w*)\s*\()/i
const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/g

/** Splits at the commas that separate columns and constraints, not at those within. */
function elementsOf(body: string): string[] {
  const elements = ['']
  let depth = 0
  for (const [token] of body.matchAll(TOKEN)) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (token === ',' && depth === 0) elements.push('')
    else elements.push(`${elements.pop()}${token}`)
  }
  return elements
}

function closingParenthesis(text: string, start: number): number {
  let depth = 1
  for (const match of text.slice(start).matchAll(TOKEN)) {
    if (match[0] === '(') depth += 1
    if (match[0] === ')') depth -= 1
    if (depth === 0) return start + match.index
  }
  return -1
}

function withoutComments(sql: string): string {
  return [...sql.matchAll(TOKEN)].map(([token]) => (/^(--|\/\*)/.test(token) ? ' ' : token)).join('')
}
