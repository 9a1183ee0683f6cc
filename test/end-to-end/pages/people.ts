import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Stage } from './stage.ts'

export const PASSWORD = 'a horse, a battery and a staple'

/** Signs up on the page, opens the link of the mail, and is on the overview as a verified owner. */
export async function signUp(
  stage: Stage,
  person: { organization: string; email: string },
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await stage.open('/sign-up', options)
  await page.getByLabel('Organization').fill(person.organization)
  await page.getByLabel('Your e-mail').fill(person.email)
  await page.getByLabel('Password', { exact: false }).first().fill(PASSWORD)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.getByText('Verify your e-mail address', { exact: true }).waitFor()
  const link = linkIn((await stage.mail.nextTo(person.email)).text)
  await page.goto(link)
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText(`${person.email} is verified.`).waitFor()
  await page.getByRole('link', { name: 'Go to the overview' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  return page
}

export async function signIn(page: Page, person: { email: string; password?: string }): Promise<void> {
  await page.getByLabel('E-mail').fill(person.email)
  await page.locator('input[autocomplete="current-password"]').fill(person.password ?? PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** A page of somebody who has signed in on it and sees the overview. */
export async function openSignedIn(
  stage: Stage,
  person: { email: string; password?: string },
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await stage.open('/sign-in', options)
  await signIn(page, person)
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  return page
}

/** The first address in a mail. */
export function linkIn(text = ''): string {
  const link = /https?:\/\/\S+#\S+/.exec(text)?.[0]
  if (link === undefined) throw new Error(`no link in:\n${text}`)
  return link
}
