import type { Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorize } from '../../support/server.ts'
import { openSignedIn, signUp } from './people.ts'
import { fillStage, type Sample } from './sample.ts'
import { openStage, type Stage } from './stage.ts'

const TOKYO = { timezoneId: 'Asia/Tokyo', locale: 'en-US' }
let stage: Stage
let sample: Sample
let timeZone: string
/** Of somebody who is far away from the organization. */
let page: Page

beforeAll(async () => {
  stage = await openStage()
  sample = await fillStage(stage)
  const { rows } = await stage.database.admin.query('SELECT time_zone FROM organizations WHERE id = $1', [
    sample.organizationId,
  ])
  timeZone = rows[0].time_zone
  expect(timeZone).toMatch(/^(Europe|America)\//)
  page = await openSignedIn(stage, sample.owner, TOKYO)
})
afterAll(() => stage?.close())

/** As the organization's clocks show it. */
const told = (at: Date) => at.toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone })

test('a conversation says what it is about, with whom, by which agent and when, and leads to its events', async () => {
  const { rows } = await stage.database.admin.query(
    `SELECT c.id, title, c.status, started_at, agent_id, agents.name AS agent, end_user_id,
       (SELECT max(created_at) FROM messages WHERE conversation_id = c.id) AS last_message_at
     FROM conversations AS c JOIN agents ON agents.id = agent_id
     WHERE c.organization_id = $1 AND title IS NOT NULL AND end_user_id IS NOT NULL
       AND EXISTS (SELECT FROM analytics_events WHERE conversation_id = c.id AND organization_id = $1)
     ORDER BY started_at LIMIT 1`,
    [sample.organizationId],
  )
  const [known] = rows
  await page.goto(`${stage.url}/conversations/${known.id}`)
  await page.getByRole('heading', { name: known.title, level: 1 }).waitFor()
  expect(await facts(page)).toMatchObject({
    Status: known.status,
    With: known.end_user_id,
    Agent: known.agent,
    Began: told(known.started_at),
    'Last message': told(known.last_message_at),
    'Times in': timeZone,
  })
  const link = page.getByRole('definition').getByRole('link', { name: known.agent })
  expect(await link.getAttribute('href')).toBe(`/agents/${known.agent_id}`)
  // What was said reads downwards.
  const said = page.locator('.rows time')
  await expect.poll(() => said.count()).toBeGreaterThan(1)
  const times = await said.evaluateAll(elements =>
    elements.map(element => element.getAttribute('datetime') ?? ''),
  )
  expect(times).toEqual(times.toSorted())

  await page.getByRole('link', { name: 'Its events' }).click()
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor()
  await page.locator('.rows button').first().click()
  const shown = JSON.parse((await page.getByLabel('the event', { exact: true }).textContent()) ?? '')
  expect(shown.conversation_id).toBe(known.id)
})

test.each([
  ['/agents/0199a5b0-0000-7000-8000-000000000000', 'There is no such agent'],
  ['/agents/nonsense', 'There is no such agent'],
  ['/conversations/0199a5b0-0000-7000-8000-000000000000', 'There is no such conversation'],
  ['/conversations/nonsense', 'There is no such conversation'],
])('%s says that it leads to nothing', async (path, said) => {
  await page.goto(stage.url + path)
  await page.getByText(said).waitFor()
  // The bell and the like may still be loading.
  await expect.poll(() => page.locator('.mantine-Skeleton-root').count()).toBe(0)
  expect(await page.getByText(said).count()).toBe(1)
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('the exact time of what was hours ago is that of the organization, and says so', async () => {
  await page.goto(`${stage.url}/conversations`)
  const time = page.locator('tbody td:last-child time').first()
  const at = new Date((await time.getAttribute('datetime')) ?? '')
  await time.hover()
  const tip = page.getByRole('tooltip')
  await tip.waitFor()
  expect(await tip.textContent()).toBe(`${told(at)} (${timeZone})`)
})

test('an organization that has a history is not told its first steps in a quiet period', async () => {
  const owner = await signUp(stage, { organization: 'Quiet', email: 'quiet@pages.example' })
  await owner.getByText('Nothing has happened here yet').waitFor()
  const session = await (await owner.context().request.get(`${stage.url}/v1/session`)).json()
  const { authorization } = await authorize(stage.database, session.organization, ['events:write'])
  const answer = await fetch(`${stage.url}/v1/organizations/${session.organization.id}/events`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [
        {
          id: uuidv7(),
          event_type: 'message.created',
          end_user_id: 'visitor-1',
          created_at: daysAgo(5).toISOString(),
        },
      ],
    }),
  })
  expect(await answer.json()).toMatchObject({ inserted: 1 })
  await owner.getByRole('group', { name: 'Messages', exact: true }).getByText('1', { exact: true }).waitFor()

  const [from, to] = [daysAgo(20), daysAgo(15)].map(day => day.toISOString().slice(0, 10))
  await owner.goto(`${stage.url}/?from=${from}&to=${to}`)
  const messages = owner.getByRole('group', { name: 'Messages', exact: true })
  await messages.getByText('0', { exact: true }).waitFor()
  expect(await owner.getByText('Nothing has happened here yet').count()).toBe(0)
})

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

/** A list of terms as what it says of each. */
async function facts(page: Page): Promise<Record<string, string>> {
  const [terms, definitions] = await Promise.all([
    page.getByRole('term').allTextContents(),
    page.getByRole('definition').allTextContents(),
  ])
  return Object.fromEntries(terms.map((term, n) => [term, definitions[n] ?? '']))
}
