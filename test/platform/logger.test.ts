import { expect, test } from 'vitest'
import { linesForPeople } from '../../src/platform/log-lines.ts'
import { createLogger } from '../../src/platform/logger.ts'

function collect() {
  const lines: string[] = []
  return { lines, destination: { write: (line: string) => void lines.push(line) } }
}

test('a record is one JSON line with level, time and what happened', () => {
  const { lines, destination } = collect()
  createLogger('info', destination).info({ path: '/ready' }, 'request')
  expect(lines.map(line => JSON.parse(line))).toEqual([
    { level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), path: '/ready', msg: 'request' },
  ])
})

test('credentials are replaced wherever a request, an error or a setting carries them', () => {
  const { lines, destination } = collect()
  const log = createLogger('info', destination)
  const headers = { authorization: 'Bearer tny_hunter2', cookie: 'session=hunter2', host: 'here' }
  log.info({ headers })
  log.info({ req: { headers } })
  log.info({ configuration: { databaseUrl: 'postgres://a:hunter2@b/c' }, password: 'hunter2' })
  expect(lines.join()).not.toContain('hunter2')
  expect(lines.join()).toContain('[redacted]')
  expect(lines.join()).toContain('"host":"here"')
})

test('an error is told with its cause and code, without what a driver hangs on it', () => {
  const { lines, destination } = collect()
  const cause = Object.assign(new Error('terminated'), { code: '57P01', client: { secretKey: 'hunter2' } })
  createLogger('info', destination).error(
    { err: new AggregateError([cause], 'all failed', { cause }) },
    'failed',
  )
  expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
    name: 'AggregateError',
    message: 'all failed',
    stack: expect.stringContaining('logger.test.ts'),
    cause: { message: 'terminated', code: '57P01' },
    errors: [{ message: 'terminated', code: '57P01' }],
  })
  expect(lines.join()).not.toContain('hunter2')
})

test('below its level nothing is written', () => {
  const { lines, destination } = collect()
  createLogger('warn', destination).info('quiet')
  expect(lines).toEqual([])
})

test('a person gets a line with time, level, text, values and the whole stack of an error', () => {
  const lines: string[] = []
  const log = createLogger(
    'info',
    linesForPeople(line => lines.push(line)),
  )
  log.warn({ err: new Error('broken'), apiKeyId: 'a1' }, 'not recorded')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}not recorded apiKeyId=a1\nError: broken\n {4}at /)
})
