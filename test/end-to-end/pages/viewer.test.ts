import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSignedIn, signIn } from './people.ts'
import { fillStage, type Sample } from './sample.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let sample: Sample

beforeAll(async () => {
  stage = await openStage()
  sample = await fillStage(stage)
})
afterAll(() => stage?.close())

const PLACES = [
  '/',
  '/agents',
  '/conversations',
  '/events',
  '/activity',
  '/api-keys',
  '/settings',
  '/profile',
  '/notifications',
]
/** What a viewer may not see, however they come there. */
const CLOSED = ['/events', '/activity', '/api-keys']

test('whoever may only look finds pages that work, or that say who can open them', async () => {
  const page = await stage.open('/sign-in')
  const refused = refusalsOf(page)
  await signIn(page, sample.viewer)
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  for (const path of [...PLACES, ...(await pagesOfOne())]) {
    await open(page, path)
    const explained = await page.getByText('Your role does not include this').count()
    expect([path, explained]).toEqual([path, CLOSED.includes(path) ? 1 : 0])
    if (explained > 0) await page.getByText('You are a viewer here. Ask an owner or admin').waitFor()
    expect([path, await page.getByRole('alert').allTextContents()]).toEqual([path, []])
  }
  expect(refused).toEqual([])
})

test('before the address is verified each page says what opens it', async () => {
  await stage.database.admin.query(
    `UPDATE user_credentials SET email_verified_at = NULL
     WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
    [sample.viewer.email],
  )
  const page = await openSignedIn(stage, sample.viewer)
  for (const path of [...PLACES.filter(path => path !== '/profile'), ...(await pagesOfOne())]) {
    await open(page, path)
    const explained = await page.getByText('Closed until your address is verified').count()
    expect([path, explained]).toEqual([path, 1])
  }
})

/** An agent, and a conversation. */
async function pagesOfOne(): Promise<string[]> {
  const { rows } = await stage.database.admin.query(
    'SELECT agent_id, id FROM conversations WHERE organization_id = $1 AND agent_id IS NOT NULL LIMIT 1',
    [sample.organizationId],
  )
  const [{ agent_id, id }] = rows
  return [`/agents/${agent_id}`, `/conversations/${id}`]
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(stage.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await expect.poll(() => page.locator('.mantine-Skeleton-root').count()).toBe(0)
}

/** What pages ask for and do not get. */
function refusalsOf(page: Page): string[] {
  const refused: string[] = []
  page.on('response', response => {
    if (response.status() === 403) refused.push(new URL(response.url()).pathname)
  })
  return refused
}
