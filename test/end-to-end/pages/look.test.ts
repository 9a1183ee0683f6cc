import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertExtremes } from './extremes.ts'
import { inspect } from './inspect.ts'
import { LOOKS, lookOf } from './looks.ts'
import { openSignedIn, signIn, signUp } from './people.ts'
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
  const look = lookOf({ colorScheme, width })

  test('the pages that are open to anybody keep to WCAG and to the width', async () => {
    const page = await stage.open('/sign-in', look)
    for (const path of OPEN) await inspect(stage, page, path)
    await page.context().close()
  })

  test('every page of a member with data keeps to WCAG and to the width', async () => {
    const page = await openSignedIn(stage, owner, look)
    for (const path of await placesOf(page)) {
      await inspect(stage, page, path)
      // What the first row of a table leads to is a page of its own.
      const row = page.locator('tbody a').first()
      if (path !== '/' && (await row.count()) > 0)
        await inspect(stage, page, (await row.getAttribute('href')) ?? '')
    }
    await page.context().close()
  })

  test('what is as long as it may be keeps to both', async () => {
    const page = await openSignedIn(stage, owner, look)
    for (const path of extremes) {
      await inspect(stage, page, path)
      await expect.poll(() => page.getByText(/W{99}/).count()).toBeGreaterThan(0)
    }
    await page.context().close()
  })

  test('and so does every page of a member who has nothing yet', async () => {
    const email = `new-${colorScheme}-${width}@comer.example`
    const page = await signUp(stage, { organization: `New ${colorScheme} ${width}`, email }, look)
    for (const path of await placesOf(page)) await inspect(stage, page, path)
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
