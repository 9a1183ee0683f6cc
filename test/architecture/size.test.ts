import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FOLDERS = ['src', 'web', 'client', 'bin', 'scripts', 'bench', 'test']
/** Not of tests: what belongs to one thing is tested in one place. */
const MOST_LINES = 300

/** Files past the limit, each with the reason why it is one thing all the same. */
const LONG: Record<string, string> = {
  'src/database/schema.ts': 'generated from the migrated database',
  'client/schema.d.ts': 'generated from openapi.json',
}

const files = FOLDERS.filter(folder => existsSync(ROOT + folder)).flatMap(folder =>
  readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(tsx?|js|mjs)$/.test(path))
    .map(path => `${folder}/${path}`),
)
const linesOf = (path: string) => readFileSync(ROOT + path, 'utf8').split('\n').length - 1

test(`a file of more than ${MOST_LINES} lines is listed here with a reason`, () => {
  const long = files.filter(path => linesOf(path) > MOST_LINES && !path.startsWith('test/'))
  expect(long.filter(path => !LONG[path])).toEqual([])
})

test('every listed reason still has a file that needs it', () => {
  const needed = Object.keys(LONG).filter(path => existsSync(ROOT + path) && linesOf(path) > MOST_LINES)
  expect(Object.keys(LONG).filter(path => !needed.includes(path))).toEqual([])
})

test('no file is named after what it could be instead of what it does', () => {
  const vague = /(^|[/-])(utils?|helpers?|common|shared|lib|misc|services?|managers?|repository)([.-/]|$)/
  expect(files.filter(path => vague.test(path))).toEqual([])
})

test('package.json has at most twelve scripts', () => {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))
  expect(Object.keys(scripts).length).toBeLessThanOrEqual(12)
})
