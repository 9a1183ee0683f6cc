import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, signUp } from './people.ts'
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

test('the first days of an organization are those of its founder, and a zone is found by what one calls it', async () => {
  const page = await signUp(
    stage,
    { organization: 'Zones', email: 'zones@settings.example' },
    { timezoneId: 'Asia/Kolkata' },
  )
  await page.getByText(/Days in Asia\/(Kolkata|Calcutta)/).waitFor()
  await page.getByRole('link', { name: /^Asia/ }).click()
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  await zone.click()
  // Without clearing what stands there.
  await page.keyboard.type('new york')
  await page.getByRole('option', { name: 'America/New_York' }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => zone.inputValue()).toBe('America/New_York')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  // Nothing else that stands there is.
  await page.getByLabel('Name').fill('Other zones')
  await expect.poll(() => page.getByText('Saved.').count()).toBe(0)
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByText('Days in America/New_York').waitFor()
})

test('numbers and dates are written as the profile says, words stay as they are', async () => {
  const page = await signUp(stage, { organization: 'Words', email: 'words@settings.example' })
  await page.goto(`${stage.url}/profile`)
  await page.getByRole('combobox', { name: 'Language of dates and numbers' }).click()
  await page.getByRole('option', { name: 'German' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.').waitFor()
  await page.getByText('signed in just now').waitFor()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('button', { name: /^\d+\. \p{L}+\.? – \d+\. \p{L}+\.?$/u }).waitFor()
})

test('a changed password is told in the bell at once, and the notification leads to the devices', async () => {
  const page = await signUp(stage, { organization: 'Bell', email: 'bell@settings.example' })
  await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor()
  await page.goto(`${stage.url}/profile`)
  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByLabel('New password').fill('another horse and another staple')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Changed. You are signed out everywhere else.').waitFor()
  await page.getByRole('link', { name: 'Notifications, 1 unread' }).click()
  await page.getByRole('link', { name: 'Your password was changed' }).click()
  await page.getByRole('heading', { name: 'Devices' }).waitFor()
  await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor()
})
