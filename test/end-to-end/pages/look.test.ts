import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertExtremes } from './extremes.ts'
import { OPENINGS } from './openings.ts'
import { signIn, signUp } from './people.ts'
import { fillStage, type Sample } from './sample.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let owner: Sample['owner']
let extremes: string[]

beforeAll(async () => {
  stage = await openStage()
  const sample = await fillStage(stage)
  owner = sample.owner
  extremes = await insertExtremes(stage, sample)
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
    await signIn(page, owner)
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    for (const path of await placesOf(page)) {
      await inspect(page, path)
      // What the first row of a table leads to is a page of its own.
      const row = page.locator('tbody a').first()
      if (path !== '/' && (await row.count()) > 0) await inspect(page, (await row.getAttribute('href')) ?? '')
    }
    await page.context().close()
  })

  describe('what comes up in a page', () => {
    let page: Page
    beforeAll(async () => {
      page = await stage.open('/sign-in', look)
      await signIn(page, owner)
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    })
    afterAll(() => page?.context().close())

    test.each(OPENINGS.filter(({ isNarrow }) => !isNarrow || width === 360))(
      'keeps to both: $what on $on',
      async ({ on, inFirstRow, what, open }) => {
        await goto(page, on)
        if (inFirstRow) await goto(page, (await page.locator('tbody a').first().getAttribute('href')) ?? '')
        await open(page)
        await check(page, what)
      },
    )
  })

  test('what is as long as it may be keeps to both', async () => {
    const page = await stage.open('/sign-in', look)
    await signIn(page, owner)
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    for (const path of extremes) {
      await inspect(page, path)
      await expect.poll(() => page.getByText(/W{99}/).count()).toBeGreaterThan(0)
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
  await goto(page, path)
  await check(page, path)
}

async function goto(page: Page, path: string): Promise<void> {
  await page.goto(stage.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  // Live updates keep a request open, so "idle" may come before the figures: what is loading says so.
  await expect.poll(() => page.locator('.mantine-Skeleton-root').count()).toBe(0)
}

async function check(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(overflow, `${what} scrolls sideways`).toBe(0)
  // What lies over the page makes it no wider, and may be cut off all the same.
  const outside = await page.evaluate<string[]>(OUTSIDE)
  expect(outside, `${what} does not lie well`).toEqual([])
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  expect(found, what).toEqual([])
}

/** What is beyond an edge, and dialogs that are not in the middle. */
const OUTSIDE = `[...document.querySelectorAll('[role=dialog], [role=menu], [role=listbox], [role=tooltip]')]
  .map(element => ({ element, ...element.getBoundingClientRect().toJSON() }))
  .filter(({ element, width, left, right }) => width > 0 && (left < 0 || right > innerWidth
    || element.ariaModal === 'true' && Math.abs(left - (innerWidth - right)) > 1))
  .map(({ left, right }) => left + ' to ' + right)`

test('the first page loads less than 300 kB of script, compressed', async () => {
  const page = await stage.open('/sign-in')
  let bytes = 0
  page.on('response', response => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) bytes += Number(response.headers()['content-length'])
  })
  await signIn(page, owner)
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
