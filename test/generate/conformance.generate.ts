import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { aggregateSql } from '../conformance/aggregate-sql.ts'
import { ALLOWED } from '../conformance/rules.ts'

test('test/conformance/allowed.json has the statement by which days are aggregated', () => {
  const text = readFileSync(ALLOWED, 'utf8')
  const lines = `"aggregate_sql": [\n      ${JSON.stringify(aggregateSql())}\n    ]`
  writeFileSync(
    ALLOWED,
    text.replace(/"aggregate_sql": \[\s*("([^"\\]|\\.)*")?\s*\]/, () => lines),
  )
})
