import {
  ColumnTypeNode,
  generate,
  IdentifierNode,
  PostgresDialect,
  UnionExpressionNode,
} from 'kysely-codegen'

/** The types of a migrated database, as its pool delivers the values: counts as numbers, calendar days as text. */
export async function generateSchema(url: string): Promise<string> {
  const dialect = new PostgresDialect({ dateParser: 'string', numericParser: 'number' })
  const written = ['number', 'bigint', 'string'].map(name => new IdentifierNode(name))
  dialect.adapter.definitions.Int8 = new ColumnTypeNode(
    new IdentifierNode('number'),
    new UnionExpressionNode(written),
    new UnionExpressionNode(written),
  )
  const db = await dialect.introspector.connect({ connectionString: url, dialect })
  try {
    return await generate({ db, dialect, includePattern: 'public.*', outFile: null })
  } finally {
    await db.destroy()
  }
}
