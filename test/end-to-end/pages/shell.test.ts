import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check } from './inspect.ts'
import { signUp } from './people.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  page = await signUp(stage, { organization: 'Shell', email: 'shell@pages.example' })
})
afterAll(() => stage?.close())

test('the first stop of a loaded page skips to its content', async () => {
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content')
})

test('without a connection it is said where one sees it, and a page that is not there yet says so in the shell', async () => {
  await page.context().setOffline(true)
  const banner = page.getByText('You are offline. What you see may be old; it is')
  await banner.waitFor()
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 })
    const isOnTop = await banner.evaluate(element => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return element.contains(element.ownerDocument.elementFromPoint(x + width / 2, y + height / 2))
    })
    expect(isOnTop).toBe(true)
  }
  await page.setViewportSize({ width: 1280, height: 740 })
  await page.route('**/assets/notifications-*', route => route.abort())
  await page.getByRole('link', { name: /^Notifications|unread/ }).click()
  await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor()
  await check(page, 'a page that failed')
  expect(await page.locator('main').count()).toBe(1)
  expect(await page.locator('#content').count()).toBe(1)
  expect(new URL(page.url()).origin).toBe(stage.url)
  await page.unroute('**/assets/notifications-*')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Load it again' }).click()
  await page.getByRole('heading', { name: 'Notifications' }).waitFor()
})
