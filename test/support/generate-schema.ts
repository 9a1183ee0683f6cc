import { Kysely, PostgresDialect } from 'kysely'
import {
  ColumnTypeNode,
  generate,
  IdentifierNode,
  PostgresDialect as PostgresGenerator,
  UnionExpressionNode,
} from 'kysely-codegen'
import { createPool } from '../../src/database/pool.ts'

/** The types of a migrated database, as its pool delivers the values: counts as numbers, calendar days as text. */
export async function generateSchema(url: string): Promise<string> {
  const pool = createPool({ url, max: 2, name: 'tenantry generate schema' })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const dialect = new PostgresGenerator({ dateParser: 'string', numericParser: 'number' })
  const written = ['number', 'bigint', 'string'].map(name => new IdentifierNode(name))
  dialect.adapter.definitions.Int8 = new ColumnTypeNode(
    new IdentifierNode('number'),
    new UnionExpressionNode(written),
    new UnionExpressionNode(written),
  )
  try {
    return await generate({ db, dialect, includePattern: 'public.*', outFile: null })
  } finally {
    await db.destroy()
  }
}
