import type { ChildProcess } from 'node:child_process'
import { Agent, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { givePassword, openSession, PASSWORD } from '../support/session.ts'
import { buildCli, endOf, startCli } from './run-cli.ts'

let database: TestDatabase
let cast: Cast
let urls: string[]
const children: ChildProcess[] = []

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  urls = await Promise.all([serve(), serve()])
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await database?.drop()
})

/** Another server process on the same database. */
function serve(): Promise<string> {
  const env = { DATABASE_URL: database.url, PORT: '0', RATE_LIMIT_PER_ADDRESS: '100000' }
  const child = startCli(['serve', '--json'], { env })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', text => resolve(JSON.parse(String(text)).url))
    void endOf(child).then(({ stderr }) => reject(new Error(`it ended instead:\n${stderr}`)))
  })
}

type Answer = { status: number; code: string }

function send(url: string, method: string, headers: Record<string, string>, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, answer => {
      let text = ''
      answer.on('data', chunk => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, code: JSON.parse(text).code }))
    })
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 })
const signIn = (url: string, password: string) =>
  send(
    `${url}/v1/sessions`,
    'POST',
    { 'content-type': 'application/json' },
    { email: cast.ada.email, password },
  )

test('of 200 wrong passwords at once over two server processes at most the budget are looked at', async () => {
  const { token } = await openSession(database, cast.acme)
  const attempts = Array.from({ length: 200 }, (_, attempt) => urls[attempt % urls.length] ?? '')
  const answers = await Promise.all(attempts.map(url => signIn(url, 'wrong password')))
  const count = (status: number, code: string) =>
    answers.filter(answer => answer.status === status && answer.code === code).length
  // Only what was looked at is called wrong.
  expect(count(401, 'identity.sign_in_refused')).toBe(10)
  expect(count(429, 'identity.sign_in_locked')).toBe(190)
  for (const url of urls) {
    expect(await signIn(url, PASSWORD)).toMatchObject({ status: 429 })
    // Whoever is signed in goes on.
    const cookie = `__Host-tenantry_session=${token}`
    expect(await send(`${url}/v1/session`, 'GET', { cookie })).toMatchObject({ status: 200 })
  }
})
