import { afterAll, beforeAll, expect, test } from 'vitest'
import { signUp } from './people.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())

test('the menu turns the page dark at once, and it stays dark on every device', async () => {
  const email = 'dark@settings.example'
  const page = await signUp(stage, { organization: 'Dark', email }, { colorScheme: 'light' })
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme')
  expect(await scheme()).toBe('light')
  await page.getByRole('button', { name: /^Account of/ }).click()
  const saved = page.waitForResponse(
    answer => answer.url().endsWith('/profile') && answer.request().method() === 'PATCH',
  )
  await page.getByText('Dark', { exact: true }).last().click()
  await expect.poll(scheme).toBe('dark')
  expect((await saved).status()).toBe(200)
  await page.reload()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(await scheme()).toBe('dark')
})
