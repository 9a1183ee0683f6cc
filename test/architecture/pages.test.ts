import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { DEEDS } from '../../web/dashboard/pages/activity/deeds.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** What a file in a folder may import, beside packages: pages know the server by its description alone. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'web/dashboard/': ['web/dashboard/', 'web/ui/', 'client/index.ts'],
  'web/ui/': ['web/ui/', 'client/index.ts'],
  'client/': ['client/'],
}

test('pages import the client, the client imports nothing of ours, and neither knows the server', () => {
  const broken = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) =>
    filesOf(folder).flatMap(path =>
      importsOf(path)
        .filter(target => !allowed.some(prefix => target.startsWith(prefix)))
        .map(target => `${path} imports ${target}`),
    ),
  )
  expect(broken).toEqual([])
})

test('pages have words for everything that is recorded as done', () => {
  const recorded = filesOf('src/').flatMap(path =>
    [...readFileSync(ROOT + path, 'utf8').matchAll(/\b(?:actionType|action): .*/g)].flatMap(([line]) =>
      [...line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(match => match[1] ?? ''),
    ),
  )
  expect(recorded).toContain('agent.deactivated')
  expect(recorded.filter(action => !Object.hasOwn(DEEDS, action))).toEqual([])
})

function filesOf(folder: string): string[] {
  const files = readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' }).filter(path =>
    /\.tsx?$/.test(path),
  )
  expect(files.length).toBeGreaterThan(0)
  return files.map(path => folder + path)
}

function importsOf(path: string): string[] {
  const text = readFileSync(ROOT + path, 'utf8')
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g)].map(match =>
    join(dirname(path), match[2] ?? ''),
  )
}
