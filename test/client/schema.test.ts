import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generateClient } from '../support/generate-client.ts'

test('the types of the client are what openapi.json says; `npm run generate` writes them anew', async () => {
  expect(readFileSync('client/schema.d.ts', 'utf8')).toBe(
    await generateClient(readFileSync('openapi.json', 'utf8')),
  )
})
