import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { brokenImports, type SourceFile } from './import-rule.ts'

const SRC = fileURLToPath(new URL('../../src/', import.meta.url))
const sources: SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => ({ path, text: readFileSync(SRC + path, 'utf8') }))

test('imports point down only, domains are entered by their door, no import goes in a circle', () => {
  expect(sources.length).toBeGreaterThan(0)
  expect(brokenImports(sources)).toEqual([])
})

describe('the rule reports', () => {
  const planted = (files: Record<string, string>) =>
    brokenImports(Object.entries(files).map(([path, text]) => ({ path, text })))
  const door = {
    'domains/team/index.ts': '',
    'domains/organizations/index.ts': '',
    'domains/admin/index.ts': '',
  }

  test.each([
    ['a domain that imports http', 'domains/team/invite.ts', '../../http/server.ts', 'which lies above it'],
    ['a database that imports the queue', 'database/pool.ts', '../queue/enqueue.ts', 'which lies above it'],
    ['http that imports jobs', 'http/server.ts', '../jobs/worker.ts', 'and http and jobs never meet'],
    ['jobs that import http', 'jobs/worker.ts', '../http/server.ts', 'and http and jobs never meet'],
    ['a way past a door', 'http/server.ts', '../domains/team/invitation.ts', 'past the door'],
    ['a domain past the door of another', 'domains/team/a.ts', '../organizations/b.ts', 'past the door'],
    ['a call that is not agreed', 'domains/organizations/a.ts', '../team/index.ts', 'may not call team'],
    ['a call of admin', 'domains/support/a.ts', '../admin/index.ts', 'may not call admin'],
  ])('%s', (_, from, specifier, reason) => {
    const to = new URL(specifier, `file:///${from}`).pathname.slice(1)
    for (const statement of [
      `import { x } from '${specifier}'`,
      `import type { X } from '${specifier}'`,
      `export * from '${specifier}'`,
      `import '${specifier}'`,
      `const x = await import('${specifier}')`,
      `let x: import('${specifier}').X`,
      `import {\n  x,\n} from '${specifier}'`,
    ]) {
      const broken = planted({ ...door, [to]: '', [from]: statement })
      expect(broken, statement).toEqual([expect.stringContaining(reason)])
      expect(broken[0]).toContain(`${from} imports ${to}`)
    }
  })

  test('a circle, also one of type imports', () => {
    expect(
      planted({
        'queue/a.ts': "import { b } from './b.ts'",
        'queue/b.ts': "import type { C } from './c.ts'",
        'queue/c.ts': "export * from './a.ts'",
      }),
    ).toEqual(['import cycle: queue/a.ts → queue/b.ts → queue/c.ts → queue/a.ts'])
  })

  test('a folder that no layer has', () => {
    expect(planted({ 'utils/strings.ts': '' })).toEqual([expect.stringContaining('no layer')])
  })

  test('nothing where the rule is kept', () => {
    expect(
      planted({
        ...door,
        'platform/errors.ts': '',
        'domains/team/invite.ts':
          "import { o } from '../organizations/index.ts'\n// import '../../http/server.ts'",
        'domains/admin/index.ts': "import { t } from '../team/index.ts'",
        'http/server.ts': "import type { T } from '../domains/team/index.ts'",
        'jobs/worker.ts': "import { E } from '../platform/errors.ts'",
        'cli/main.ts': "import '../http/server.ts'\nimport '../jobs/worker.ts'",
      }),
    ).toEqual([])
  })
})
