import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signUp } from './people.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())

test('with a key that was made on the page events are sent, and an open page hears of it without a reload', async () => {
  const page = await signUp(stage, { organization: 'Live', email: 'live@pages.example' })
  const key = await makeKey(page)
  expect(key).toMatch(/^tny_[\w-]{43}$/)
  await page.getByText('never used').waitFor()

  const organization = await addressOf(page)
  // As the page itself does: with its cookie, under its content security policy.
  const told = page.evaluate(
    address =>
      new Promise<string>(resolve => {
        const stream = new EventSource(address)
        stream.addEventListener('metrics', event => resolve('data' in event ? String(event.data) : ''))
      }),
    `${organization}/stream`,
  )
  const answer = await send(organization, key)
  expect([answer.status, await answer.json()]).toEqual([200, { inserted: 1, duplicates: 0, rejected: [] }])
  expect(JSON.parse(await told).dates).toHaveLength(1)

  await page.reload()
  await page.getByText('last used').waitFor()
})

test('the command beside a new key sends a first event as it stands, and the overview shows it', async () => {
  const page = await signUp(stage, { organization: 'First event', email: 'first@pages.example' })
  await page.getByRole('link', { name: 'Make an API key' }).click()
  await page.getByRole('button', { name: 'Make the first key' }).click()
  await page.getByRole('button', { name: 'Make the key' }).click()
  const command = await page
    .getByRole('dialog')
    .getByText(/^curl /)
    .textContent()
  expect(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null')).toBe(true)
  // A key that is gone with a careless Escape has to be made again.
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').getByRole('link', { name: 'overview' }).click()
  await page.getByText('Nothing has happened here yet').waitFor()
  const { stdout } = await promisify(execFile)('sh', ['-c', command ?? ''])
  expect(JSON.parse(stdout)).toEqual({ inserted: 1, duplicates: 0, rejected: [] })
  await figure(page, 'Messages').getByText('1', { exact: true }).waitFor()
  await figure(page, 'Tokens').getByText('120', { exact: true }).waitFor()
})

test('a dialog leaves the focus on the page, also where what opened it is gone', async () => {
  const page = await signUp(stage, { organization: 'Focus', email: 'focus@pages.example' })
  await page.getByRole('link', { name: 'API keys' }).click()
  const focused = () => page.evaluate("document.querySelector('h1:focus')?.textContent")
  await page.getByRole('button', { name: 'Make the first key' }).click()
  await page.getByRole('button', { name: 'Make the key' }).click()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await expect.poll(focused).toBe('API keys')
  await page.getByRole('button', { name: 'Revoke' }).click()
  // Which of several keys of one name it is.
  await page
    .getByRole('dialog')
    .getByText(/with API key \(tny_\S+…\) is refused/)
    .waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke for ever' }).click()
  await page.getByText('revoked', { exact: true }).waitFor()
  await expect.poll(focused).toBe('API keys')
})

test('a replaced key goes on beside the new one, a revoked one opens nothing from the next request on', async () => {
  const page = await signUp(stage, { organization: 'Keys', email: 'keys@pages.example' })
  const organization = await addressOf(page)
  const first = await makeKey(page)
  await page.getByRole('button', { name: 'Rotate' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /new key/i })
    .click()
  const second = await readKey(page)
  await page.getByText('ending', { exact: true }).waitFor()
  for (const key of [first, second]) expect((await send(organization, key)).status).toBe(200)

  await page.getByRole('button', { name: 'Revoke' }).last().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke for ever' }).click()
  await page.getByText('revoked', { exact: true }).waitFor()
  expect([(await send(organization, first)).status, (await send(organization, second)).status]).toEqual([
    401, 200,
  ])
})

test('the overview of an organization moves as events arrive, and another organization sees nothing of them', async () => {
  const page = await signUp(stage, { organization: 'Moving', email: 'moving@pages.example' })
  const other = await signUp(stage, { organization: 'Elsewhere', email: 'other@pages.example' })
  const key = await makeKey(page)
  const organization = await addressOf(page)
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByText('Nothing has happened here yet').waitFor()

  let loads = 0
  page.on('load', () => loads++)
  expect((await send(organization, key)).status).toBe(200)
  await figure(page, 'Messages').getByText('1', { exact: true }).waitFor()
  for (let sent = 0; sent < 3; sent++) expect((await send(organization, key)).status).toBe(200)
  await figure(page, 'Messages').getByText('4', { exact: true }).waitFor()
  await figure(page, 'Active users').getByText('1', { exact: true }).waitFor()
  expect(loads).toBe(0)

  await other.reload()
  await other.getByText('Nothing has happened here yet').waitFor()
  for (const place of ['Agents', 'Conversations', 'Events']) {
    await other.getByRole('link', { name: place }).click()
    await other.getByText(/^No (agent|conversation|event) /).waitFor()
  }
  const foreign = await other.context().request.get(`${organization}/overview`)
  expect(foreign.status()).toBe(404)
})

test('the figures of the last month are had as a file, named after its days', async () => {
  const page = await signUp(stage, { organization: 'Month', email: 'month@pages.example' })
  const key = await makeKey(page)
  expect((await send(await addressOf(page), key)).status).toBe(200)
  await page.getByRole('link', { name: 'Overview' }).click()
  await figure(page, 'Messages').getByText('1', { exact: true }).waitFor()
  const now = new Date()
  const [first, last] = [0, 1].map(
    months => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 + months, 1 - months)),
  ) as [Date, Date]
  const picker = page.getByRole('button', { name: / – / })
  await picker.click()
  const month = first.toLocaleDateString('en', { month: 'long', timeZone: 'UTC' })
  await page.getByRole('button', { name: month, exact: true }).click()
  await page.waitForURL(url => url.searchParams.get('to') === last.toISOString().slice(0, 10))
  await expect.poll(() => page.evaluate("document.activeElement.textContent.includes(' – ')")).toBe(true)
  const downloaded = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV' }).click()
  const [from, to] = [first, last].map(day => day.toISOString().slice(0, 10))
  expect((await downloaded).suggestedFilename()).toBe(`daily-metrics-${from}-to-${to}.csv`)
})

test('an agent is registered on the page, found in the table, renamed and switched off', async () => {
  const page = await signUp(stage, { organization: 'Robots', email: 'agents@pages.example' })
  await page.getByRole('link', { name: 'Agents' }).click()
  await page.getByRole('button', { name: 'Register the first agent' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Helper')
  await page.getByRole('button', { name: 'Register the agent' }).click()
  await page.getByRole('heading', { name: 'Helper', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Front desk')
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('heading', { name: 'Front desk', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Deactivate' }).click()
  await page.getByRole('button', { name: 'Activate', exact: true }).waitFor()
  await page.getByRole('link', { name: 'All agents' }).click()
  await page.getByRole('switch', { name: 'Front desk is active', checked: false }).waitFor()
  await page.getByLabel('Search agents by name').fill('nobody')
  await page.getByText('No agent fits').waitFor()
  expect(page.url()).toContain('search=nobody')
})

/** The card of a figure. */
const figure = (page: Page, label: string) => page.getByRole('group', { name: label, exact: true })

async function makeKey(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Website')
  await page.getByRole('button', { name: 'Make the key' }).click()
  return readKey(page)
}

async function readKey(page: Page): Promise<string> {
  const key = await page.getByRole('dialog').getByText(/^tny_/).textContent()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  return key ?? ''
}

/** Where the organization of whoever is signed in begins, for programs. */
async function addressOf(page: Page): Promise<string> {
  const session = await page.context().request.get(`${stage.url}/v1/session`)
  return `${stage.url}/v1/organizations/${(await session.json()).organization.id}`
}

function send(organization: string, key: string): Promise<Response> {
  return fetch(`${organization}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [{ id: uuidv7(), event_type: 'message.created', end_user_id: 'visitor-1' }],
    }),
  })
}
