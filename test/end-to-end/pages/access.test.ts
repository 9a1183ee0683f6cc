import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkIn, PASSWORD, signIn, signUp } from './people.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())

test('somebody signs up, verifies their address by the mail, and is the owner of an organization', async () => {
  const page = await signUp(stage, { organization: 'Ångström & Söhne', email: 'ada@angstrom.example' })
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect.poll(() => page.getByLabel('Subdomain').inputValue()).toBe('angstrom-sohne')
  expect(page.url()).toBe(`${stage.url}/settings`)
})

test('a password that is too short is pointed out where it is to be mended', async () => {
  const page = await stage.open('/sign-up')
  await page.getByLabel('Organization').fill('Short')
  await page.getByLabel('Your e-mail').fill('short@pass.example')
  const password = page.getByLabel('Password', { exact: false }).first()
  await password.fill('too short')
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.getByText('Use at least 10 characters.').waitFor()
  await expect.poll(() => page.locator('input[autocomplete="new-password"]:focus').count()).toBe(1)
})

test('a page that waits for the address to be verified opens when one comes back to it', async () => {
  const email = 'tab@two.example'
  const page = await stage.open('/sign-up')
  await page.getByLabel('Organization').fill('Two tabs')
  await page.getByLabel('Your e-mail').fill(email)
  await page.getByLabel('Password', { exact: false }).first().fill(PASSWORD)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.getByText('Closed until your address is verified').waitFor()
  const tab = await page.context().newPage()
  await tab.goto(linkIn((await stage.mail.nextTo(email)).text))
  await tab.getByRole('button', { name: 'Verify' }).click()
  await tab.getByText(`${email} is verified.`).waitFor()
  // Headless pages are always visible: this is what a browser tells a page that is looked at again.
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
  await page.getByText('Nothing has happened here yet').waitFor()
})

test('a forgotten password is set anew by the mail, once', async () => {
  await signUp(stage, { organization: 'Reset', email: 'grace@reset.example' })
  const page = await stage.open('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  // Both pages have a field of that name.
  await page.getByRole('heading', { name: 'Set a new password', level: 1 }).waitFor()
  await page.getByLabel('E-mail').fill('grace@reset.example')
  await page.getByRole('button', { name: 'Send the link' }).click()
  const link = linkIn((await stage.mail.nextTo('grace@reset.example')).text)
  await page.goto(link)
  const [first, again] = [page.getByLabel('New password'), page.getByLabel('Once more')]
  await first.fill('another horse and another staple')
  await again.fill('another horse and another staple')
  expect(page.url()).not.toContain('#')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

  const second = await stage.open(link.slice(stage.url.length))
  await second.getByLabel('New password').fill('a third password for this')
  await second.getByLabel('Once more').fill('a third password for this')
  await second.getByRole('button', { name: 'Set the password' }).click()
  expect(await second.getByRole('alert').textContent()).toMatch(/link/i)
})

test('after ten wrong passwords the page says when to try again, and whoever is signed in goes on', async () => {
  const email = 'lock@out.example'
  const owner = await signUp(stage, { organization: 'Lock out', email })
  const page = await stage.open('/sign-in')
  for (let attempt = 1; attempt <= 10; attempt++) {
    const answered = page.waitForResponse('**/v1/sessions')
    await signIn(page, { email, password: `wrong ${attempt}` })
    expect((await answered).status()).toBe(401)
  }
  await signIn(page, { email })
  await page.getByText(/15 min|in \d+ (s|min)/).waitFor()
  await owner.getByRole('link', { name: 'Settings' }).click()
  await owner.getByLabel('Subdomain').waitFor()
})

test('a session that was ended on another device asks to sign in and leads back to where one was', async () => {
  const email = 'two@devices.example'
  const one = await signUp(stage, { organization: 'Two devices', email })
  const other = await stage.open('/sign-in')
  await signIn(other, { email })
  await other.getByRole('link', { name: 'API keys' }).click()
  await other.getByRole('heading', { name: 'API keys', level: 1 }).waitFor()

  await one.goto(`${stage.url}/profile`)
  await one.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect.poll(() => one.getByRole('button', { name: /^Sign out/ }).count()).toBe(0)

  await other.getByRole('link', { name: 'Settings' }).click()
  await other.getByText('Your session has ended here').waitFor()
  await signIn(other, { email })
  await other.waitForURL('**/settings')
})

test('whoever opens a page without a session signs in first and comes back to it', async () => {
  await signUp(stage, { organization: 'Back', email: 'back@to.example' })
  const page = await stage.open('/api-keys?x=1')
  await signIn(page, { email: 'back@to.example' })
  await page.waitForURL('**/api-keys?x=1')
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor()
})

test('no address leads from our page to another', async () => {
  await signUp(stage, { organization: 'Away', email: 'far@away.example' })
  const page = await stage.open('/sign-in?next=//elsewhere.example/')
  await signIn(page, { email: 'far@away.example', password: PASSWORD })
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(new URL(page.url()).origin).toBe(stage.url)
})
