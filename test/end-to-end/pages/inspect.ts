import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Stage } from './stage.ts'

/** Opens a page of the stage and holds it to WCAG and to its width. */
export async function inspect(stage: Stage, page: Page, path: string): Promise<void> {
  await goto(stage, page, path)
  await check(page, path)
}

/** Opens a page of the stage and waits until all of it is there. */
export async function goto(stage: Stage, page: Page, path: string): Promise<void> {
  await page.goto(stage.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  // Live updates keep a request open, so "idle" may come before the figures: what is loading says so.
  await expect.poll(() => page.locator('.mantine-Skeleton-root').count()).toBe(0)
}

/** Fails where what is shown scrolls sideways, lies beyond an edge, or breaks a rule of WCAG that axe knows. */
export async function check(page: Page, what: string): Promise<void> {
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
