import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadSample } from '../../../src/maintenance/sample-data/load-sample.ts'
import { SAMPLE_PASSWORD } from '../../../src/maintenance/sample-data/password.ts'
import { TINY } from '../../maintenance/sample-data/tiny-scale.ts'
import { signIn, signUp } from './people.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let owner: string

beforeAll(async () => {
  stage = await openStage()
  await loadSample(stage.database.pool, { ...TINY, now: new Date() })
  const { rows } = await stage.database.admin.query(
    `SELECT email FROM users WHERE organization_role = 'owner'
     ORDER BY (SELECT count(*) FROM agents WHERE agents.organization_id = users.organization_id) DESC LIMIT 1`,
  )
  owner = rows[0].email
})
afterAll(() => stage?.close())

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const
const OPEN = [
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/reset',
  '/verify',
  '/change-email',
  '/no-such-page',
]

describe.each(LOOKS)('in $colorScheme, $width pixels wide', ({ colorScheme, width }) => {
  const look = { colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' } as const

  test('the pages that are open to anybody keep to WCAG and to the width', async () => {
    const page = await stage.open('/sign-in', look)
    for (const path of OPEN) await inspect(page, path)
    await page.context().close()
  })

  test('every page of a member with data keeps to WCAG and to the width', async () => {
    const page = await stage.open('/sign-in', look)
    await signIn(page, { email: owner, password: SAMPLE_PASSWORD })
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    for (const path of await placesOf(page)) {
      await inspect(page, path)
      // What the first row of a table leads to is a page of its own.
      const row = page.locator('tbody a').first()
      if (path !== '/' && (await row.count()) > 0) await inspect(page, (await row.getAttribute('href')) ?? '')
    }
    await page.context().close()
  })

  test('and so does every page of a member who has nothing yet', async () => {
    const email = `new-${colorScheme}-${width}@comer.example`
    const page = await signUp(stage, { organization: `New ${colorScheme} ${width}`, email }, look)
    for (const path of await placesOf(page)) await inspect(page, path)
    await page.context().close()
  })
})

/** What the navigation leads to, and what stands at the top of the page. */
async function placesOf(page: Page): Promise<string[]> {
  const places = await page
    .locator('nav a')
    .evaluateAll(links => links.map(link => link.getAttribute('href') ?? ''))
  expect(places.length).toBeGreaterThan(2)
  return [...places, '/profile', '/notifications']
}

async function inspect(page: Page, path: string): Promise<void> {
  await page.goto(stage.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  // Live updates keep a request open, so "idle" may come before the figures: what is loading says so.
  await expect.poll(() => page.locator('.mantine-Skeleton-root').count(), { timeout: 10_000 }).toBe(0)
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(overflow, `${path} scrolls sideways`).toBe(0)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  expect(found, path).toEqual([])
}

test('the first page loads less than 300 kB of script, compressed', async () => {
  const page = await stage.open('/sign-in')
  let bytes = 0
  page.on('response', response => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) bytes += Number(response.headers()['content-length'])
  })
  await signIn(page, { email: owner, password: SAMPLE_PASSWORD })
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  // From nothing, as on the first visit.
  bytes = 0
  const client = await page.context().newCDPSession(page)
  await client.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(stage.url, { waitUntil: 'load' })
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await expect.poll(() => page.locator('.mantine-Skeleton-root').count(), { timeout: 10_000 }).toBe(0)
  console.log(`first load of the overview: ${Math.round(bytes / 1000)} kB of script`)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(300_000)
})
