import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { generateSchema } from '../support/generate-schema.ts'

test('src/database/schema.ts is written from the migrated database', async () => {
  const database = await createTestDatabase()
  writeFileSync('src/database/schema.ts', await generateSchema(database.adminUrl))
  await database.drop()
})
