import { TABLES } from '../../src/database/tables.ts'
import type { SourceFile } from './import-rule.ts'

const OWNERS = new Map<string, string>(TABLES.map(({ name, owner }) => [name, owner]))

/** `insertInto('t')`, `updateTable('t')`, `deleteFrom('t')`, and the same in SQL: every statement that writes a table. */
const WRITE =
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"`](\w+)|\b(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY)\s+(?:public\.)?"?(\w+)/g

/** Every write of a table from outside the folder of its owner, as a sentence. The migrator may touch all of them. */
export function foreignWrites(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !path.startsWith('database/'))
    .flatMap(({ path, text }) => {
      const tables = [...withoutComments(text).matchAll(WRITE)].map(match => match[1] ?? match[2] ?? '')
      return [...new Set(tables)]
        .filter(table => OWNERS.has(table) && OWNERS.get(table) !== writerOf(path))
        .map(table => `${path} writes ${table}, which belongs to ${OWNERS.get(table)}`)
    })
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')

function writerOf(path: string): string | undefined {
  const [layer, domain] = path.split('/')
  return layer === 'domains' ? domain : layer
}
