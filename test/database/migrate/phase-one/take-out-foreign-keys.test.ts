import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MIGRATIONS_DIRECTORY } from '../../../../src/database/migrate/files.ts'
import { takeOutForeignKeys } from '../../../../src/database/migrate/phase-one/take-out-foreign-keys.ts'
import { splitStatements } from '../../../../src/database/migrate/split-statements.ts'

const HOSTS = ['organizations', 'users', 'agents', 'conversations', 'messages']

test('the key of a column and the key of a table are taken out, all else stays', () => {
  const parted = takeOutForeignKeys(
    `CREATE TABLE notes (
      id uuid PRIMARY KEY DEFAULT uuid_generate_v4(), -- made here, or by the sender
      organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('a', 'b, c')),
      folder_id uuid REFERENCES folders (id) ON DELETE SET NULL,
      user_id uuid,
      CONSTRAINT notes_of_user FOREIGN KEY (organization_id, user_id)
        REFERENCES users (organization_id, id) ON DELETE SET NULL (user_id)
    ) WITH (fillfactor = 90)`,
    HOSTS,
  )
  expect(parted.keys).toEqual([
    'ALTER TABLE notes ADD FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE',
    expect.stringMatching(
      /^ALTER TABLE notes ADD CONSTRAINT notes_of_user FOREIGN KEY \(organization_id, user_id\)\s+REFERENCES users \(organization_id, id\) ON DELETE SET NULL \(user_id\)$/,
    ),
  ])
  expect(parted.text).not.toMatch(/organizations|REFERENCES users/)
  expect(parted.text).toContain('organization_id uuid NOT NULL')
  expect(parted.text).toContain("kind IN ('a', 'b, c')")
  expect(parted.text).toContain('REFERENCES folders (id) ON DELETE SET NULL')
  expect(parted.text).toMatch(/\) WITH \(fillfactor = 90\)$/)
})

describe('a statement is left as it is', () => {
  test.each([
    ['where no host has a table', 'CREATE TABLE a (b uuid REFERENCES users (id))', []],
    [
      'where it is of the host itself',
      'CREATE TABLE IF NOT EXISTS agents (b uuid REFERENCES users (id))',
      HOSTS,
    ],
    ['where it makes no table', 'CREATE VIEW a AS SELECT 1 AS "references users (id)"', HOSTS],
    ['where a name only begins like a table', 'CREATE TABLE a (b uuid REFERENCES users_of_old (id))', HOSTS],
  ])('%s', (_, text, hosts) => {
    expect(takeOutForeignKeys(text, hosts)).toEqual({ text, keys: [] })
  })
})

test('of the delivered migrations, none that runs before the adoption keeps a key to a host', () => {
  for (const name of readdirSync(MIGRATIONS_DIRECTORY)) {
    const sql = readFileSync(join(MIGRATIONS_DIRECTORY, name), 'utf8')
    if (!name.endsWith('.sql') || sql.startsWith('-- after-adoption')) continue
    for (const { text } of splitStatements(sql)) {
      const kept = takeOutForeignKeys(text, HOSTS).text
      if (HOSTS.some(host => text.includes(`EXISTS ${host} (`)) || /^DO\b/i.test(kept)) continue
      expect(kept, name).not.toMatch(/\breferences\s+(organizations|users|agents|conversations|messages)\b/i)
    }
  }
})
