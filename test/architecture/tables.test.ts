import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TABLES } from '../../src/database/tables.ts'

const DOMAINS = new URL('../../src/domains/', import.meta.url)
const domains = readdirSync(DOMAINS)

test.each(domains)('the door of %s owns exactly the tables that the list gives it', async domain => {
  const door: { tables?: readonly string[] } = await import(new URL(`${domain}/index.ts`, DOMAINS).href)
  const listed = TABLES.filter(table => table.owner === domain).map(table => table.name)
  expect([...(door.tables ?? [])].sort()).toEqual(listed.sort())
})
