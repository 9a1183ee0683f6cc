import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { generateOpenapi } from '../support/generate-openapi.ts'

test('openapi.json is written from the schemas of the routes', async () => {
  writeFileSync('openapi.json', await generateOpenapi())
})
