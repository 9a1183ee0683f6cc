import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { generateSchema } from '../support/generate-schema.ts'

test('src/database/schema.ts says what the migrations make (otherwise: npm run generate)', async () => {
  const database = await createTestDatabase()
  const generated = await generateSchema(database.adminUrl)
  await database.drop()
  expect(readFileSync('src/database/schema.ts', 'utf8')).toBe(generated)
})
