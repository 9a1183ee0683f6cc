import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSignedIn } from './people.ts'
import { fillStage, type Sample } from './sample.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let sample: Sample
let page: Page

beforeAll(async () => {
  stage = await openStage()
  sample = await fillStage(stage)
  page = await openSignedIn(stage, sample.owner)
})
afterAll(() => stage?.close())

async function open(path: string, heading: string): Promise<void> {
  await page.goto(stage.url + path)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
}

const fieldOf = (label: string) =>
  page.getByRole('textbox', { name: label }).or(page.getByRole('combobox', { name: label }))
const saysOf = (label: string) => fieldOf(label).inputValue()

test('the fields of the events follow the address, also when one goes back', async () => {
  await open('/events', 'Events')
  await fieldOf('End user').fill('visitor-none')
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByText('No event fits').waitFor()
  await fieldOf('Type').fill('message.created')
  await page.keyboard.press('Enter')
  await page.waitForURL(/type=message\.created/)
  await page.goBack()
  await expect.poll(() => saysOf('Type')).toBe('')
  expect(await saysOf('End user')).toBe('visitor-none')
  await page.goBack()
  await expect.poll(() => saysOf('End user')).toBe('')
  await page.goForward()
  await expect.poll(() => saysOf('End user')).toBe('visitor-none')
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(() => saysOf('End user')).toBe('')
  expect(page.url()).not.toContain('visitor-none')
})

test('what is no id is told beside its field and not asked for', async () => {
  await open('/events', 'Events')
  await fieldOf('Member').fill('Ada')
  await fieldOf('Property').fill('chat')
  await page.keyboard.press('Enter')
  await page.getByText('This is no id').waitFor()
  await page.getByText('Write its name, a colon and its value.').waitFor()
  expect(page.url()).toBe(`${stage.url}/events`)
})

test('the fields of the conversations follow the address, also while the cursor stands in them', async () => {
  await open('/conversations', 'Conversations')
  await fieldOf('Status').fill('archived')
  await page.keyboard.press('Enter')
  await page.getByText('Only conversations whose status is archived.').waitFor()
  await page.goBack()
  await expect.poll(() => saysOf('Status')).toBe('')
  await page.getByText('Only conversations').waitFor({ state: 'detached' })
  await page.goForward()
  await expect.poll(() => saysOf('Status')).toBe('archived')
})

test('conversations are those of the agent that was chosen, and the page says so until all are shown', async () => {
  const { rows } = await stage.database.admin.query(
    `SELECT id, name FROM agents WHERE organization_id = $1
       AND EXISTS (SELECT FROM conversations WHERE agent_id = agents.id) ORDER BY name LIMIT 1`,
    [sample.organizationId],
  )
  const [{ id, name }] = rows
  await open('/conversations', 'Conversations')
  await fieldOf('Agent').fill(name.slice(0, 4).toUpperCase())
  await page.getByRole('option', { name, exact: true }).click()
  await page.getByText(`Only conversations with ${name}.`).waitFor()
  expect(new URL(page.url()).searchParams.get('agent_id')).toBe(id)
  const agents = page.locator('tbody tr td:nth-child(3)')
  await expect.poll(async () => new Set(await agents.allTextContents())).toEqual(new Set([name]))

  await page.reload()
  await expect.poll(() => saysOf('Agent')).toBe(name)
  await page.getByRole('link', { name: 'Show all' }).click()
  await expect.poll(() => saysOf('Agent')).toBe('')
  expect(new URL(page.url()).search).toBe('')
})

test('agents are looked for once a pause and not with every key', async () => {
  const typing = await page.context().newPage()
  await typing.clock.install()
  await typing.goto(`${stage.url}/agents`)
  await typing.locator('tbody a').first().waitFor()
  const asked: (string | null)[] = []
  typing.on('request', request => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.endsWith('/agents') && searchParams.has('search')) asked.push(searchParams.get('search'))
  })
  await typing.clock.pauseAt(await typing.evaluate(() => Date.now() + 1_000))
  await typing.getByRole('textbox', { name: 'Search agents by name' }).pressSequentially('nobody')
  expect(typing.url()).toBe(`${stage.url}/agents`)
  await typing.clock.runFor(1_000)
  await typing.clock.resume()
  await typing.getByText('No agent fits').waitFor()
  expect(asked).toEqual(['nobody'])
  await typing.close()
})

test('the search for agents follows the address', async () => {
  await open('/agents?search=nobody', 'Agents')
  await page.getByText('No agent fits').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(() => saysOf('Search agents by name')).toBe('')
  await page.locator('tbody a').first().waitFor()
  await page.goBack()
  await expect.poll(() => saysOf('Search agents by name')).toBe('nobody')
})

test.each(['42', '007', 'true', '1e3'])('an address that looks for %s asks for these letters', async text => {
  const asked = page.waitForRequest(request => {
    const { pathname, searchParams } = new URL(request.url())
    return pathname.endsWith('/agents') && searchParams.get('search') === text
  })
  await open(`/agents?search=${text}`, 'Agents')
  await asked
  expect(await saysOf('Search agents by name')).toBe(text)
  expect(new URL(page.url()).search).toBe(`?search=${text}`)
})

test('what was done is chosen in words, stands in the address and can be taken back', async () => {
  await open('/activity', 'Activity')
  await fieldOf('What was done').click()
  await page.getByRole('option', { name: 'registered an agent' }).click()
  await page.waitForURL('**/activity?action_type=agent.registered')
  const entries = page.locator('.rows > *')
  await expect
    .poll(async () => {
      const texts = await entries.allTextContents()
      return texts.length > 0 && texts.every(text => text.includes('registered an agent'))
    })
    .toBe(true)
  await page.goBack()
  await expect.poll(() => saysOf('What was done')).toBe('')
})
