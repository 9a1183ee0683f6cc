import type { Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { authorize } from '../../support/server.ts'
import { openSignedIn } from './people.ts'
import { fillStage, type Sample } from './sample.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let sample: Sample
let page: Page
/** One that is active, and one that is not. */
let active: { id: string; name: string }
let inactive: { id: string; name: string }

beforeAll(async () => {
  stage = await openStage()
  sample = await fillStage(stage)
  page = await openSignedIn(stage, sample.owner)
})
afterAll(() => stage?.close())

beforeEach(async () => {
  const { rows } = await stage.database.admin.query(
    'SELECT id, name FROM agents WHERE organization_id = $1 ORDER BY name',
    [sample.organizationId],
  )
  ;[active, inactive] = [rows[0], rows[1]]
  await stage.database.admin.query('UPDATE agents SET is_active = id = $2 WHERE organization_id = $1', [
    sample.organizationId,
    active.id,
  ])
  await allow(null)
})

/** How many active agents the plan of the organization allows. */
const allow = (agents: number | null) =>
  stage.database.admin.query('UPDATE organizations SET max_agents = $2 WHERE id = $1', [
    sample.organizationId,
    agents,
  ])

async function open(path: string, heading: string): Promise<void> {
  await page.goto(stage.url + path)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
}

const switchOf = ({ name }: { name: string }) =>
  page.getByRole('switch', { name: `${name} is active`, exact: true })

/** Requests that match wait until they are let through. */
async function hold(requests: string): Promise<() => void> {
  let letThrough = () => {}
  const open = new Promise<void>(resolve => {
    letThrough = resolve
  })
  await page.route(requests, async route => {
    await open
    await route.continue()
  })
  return () => letThrough()
}

async function isActive({ id }: { id: string }): Promise<boolean> {
  const { rows } = await stage.database.admin.query('SELECT is_active FROM agents WHERE id = $1', [id])
  return rows[0].is_active
}

test('an agent is switched off in the table before the server has answered, and stays off', async () => {
  await open('/agents', 'Agents')
  await expect.poll(() => switchOf(active).isChecked()).toBe(true)
  const letThrough = await hold('**/activation')
  await switchOf(active).press('Space')
  await expect.poll(() => switchOf(active).isChecked()).toBe(false)
  expect(await isActive(active)).toBe(true)
  letThrough()
  await expect.poll(() => isActive(active)).toBe(false)
  await page.reload()
  await expect.poll(() => switchOf(active).isChecked()).toBe(false)
})

test('what the plan refuses is taken back in the table, with the reason', async () => {
  await allow(1)
  await open('/agents', 'Agents')
  const letThrough = await hold('**/activation')
  await switchOf(inactive).press('Space')
  await expect.poll(() => switchOf(inactive).isChecked()).toBe(true)
  letThrough()
  const dialog = page.getByRole('dialog', { name: `${inactive.name} stays inactive` })
  await dialog.getByText(/as many active agents as its plan allows/).waitFor()
  await dialog.getByRole('button').click()
  await dialog.waitFor({ state: 'detached' })
  expect(await switchOf(inactive).isChecked()).toBe(false)
})

test('what the plan refuses is taken back on the page of the agent too', async () => {
  await allow(1)
  await open(`/agents/${inactive.id}`, inactive.name)
  const letThrough = await hold('**/activation')
  await page.getByRole('button', { name: 'Activate', exact: true }).click()
  await page.getByRole('button', { name: 'Deactivate' }).waitFor()
  letThrough()
  await page.getByRole('dialog', { name: `${inactive.name} stays inactive` }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Activate', exact: true }).waitFor()
})

test('a new name that was given up is gone when the dialog opens again', async () => {
  await open(`/agents/${active.id}`, active.name)
  const name = page.getByRole('dialog').getByLabel('Name')
  await page.getByRole('button', { name: 'Rename' }).click()
  await name.fill('Given up')
  await page.keyboard.press('Escape')
  await name.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Rename' }).click()
  expect(await name.inputValue()).toBe(active.name)
})

test('the latest failures lead to all of the period, and say that they are loading', async () => {
  await fail(active, 'The tool did not answer')
  await fail(inactive, 'This is of another agent')
  const letThrough = await hold('**/events?*')
  await open(`/agents/${active.id}`, active.name)
  const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Latest failures' }) })
  await panel.locator('.mantine-Skeleton-root').waitFor()
  letThrough()
  await panel.getByText('The tool did not answer').first().waitFor()
  await panel.getByRole('link', { name: 'All failures of this agent' }).click()
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor()
  const events = page.locator('.rows button')
  await expect.poll(() => events.count()).toBeGreaterThan(0)
  expect((await events.allTextContents()).filter(text => !text.startsWith('agent.error'))).toEqual([])
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    agent_id: active.id,
    type: 'agent.error',
    from: expect.stringMatching(DAY),
    to: expect.stringMatching(DAY),
  })
})

test('failures of another period are not shown as the latest', async () => {
  await fail(active, 'The tool did not answer')
  await open(`/agents/${active.id}?from=2020-01-01&to=2020-01-07`, active.name)
  await page.getByText('None in this period.').waitFor()
})

const DAY = /^\d{4}-\d\d-\d\d$/

/** Reports that an agent failed just now. */
async function fail({ id }: { id: string }, message: string): Promise<void> {
  const { authorization } = await authorize(stage.database, { id: sample.organizationId }, ['events:write'])
  const answer = await fetch(`${stage.url}/v1/organizations/${sample.organizationId}/events`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [{ id: uuidv7(), event_type: 'agent.error', agent_id: id, properties: { message } }],
    }),
  })
  expect(await answer.json()).toMatchObject({ inserted: 1 })
}

test('what p50 and p95 mean is read with the keyboard alone', async () => {
  await open('/agents', 'Agents')
  const button = page.getByRole('button', { name: 'What the columns mean' })
  await button.focus()
  await page.keyboard.press('Enter')
  await page
    .getByRole('definition')
    .getByText(/^Half of the messages were answered within/)
    .waitFor()
  await page
    .getByRole('definition')
    .getByText(/^95 % of the messages were answered within/)
    .waitFor()
  expect(await button.getAttribute('aria-expanded')).toBe('true')
})
