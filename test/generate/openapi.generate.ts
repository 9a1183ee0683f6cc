import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { generateClient } from '../support/generate-client.ts'
import { generateOpenapi } from '../support/generate-openapi.ts'

test('openapi.json is written from the schemas of the routes, and the types of the client from it', async () => {
  const openapi = await generateOpenapi()
  writeFileSync('openapi.json', openapi)
  writeFileSync('client/schema.d.ts', await generateClient(openapi))
})
