import type { Page } from 'playwright-core'

/** What covers a page, or comes up in it, when somebody asks for it. */
export type Opening = {
  readonly what: string
  /** The page, or the one that the first row of its table leads to. */
  readonly on: string
  readonly inFirstRow?: true
  /** Only where the navigation is folded away. */
  readonly isNarrow?: true
  /** Ends when it is there. */
  readonly open: (page: Page) => Promise<unknown>
}

export const OPENINGS: readonly Opening[] = [
  {
    what: 'the navigation',
    on: '/',
    isNarrow: true,
    open: async page => {
      await page.getByRole('button', { name: 'Navigation' }).click()
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Events' }).waitFor()
    },
  },
  {
    what: 'the menu of the member',
    on: '/',
    open: async page => {
      await page.getByRole('button', { name: /^Account of/ }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    },
  },
  {
    what: 'the words of the bell',
    on: '/',
    open: async page => {
      await page
        .getByRole('banner')
        .getByRole('link', { name: /^Notifications/ })
        .hover()
      await page.getByRole('tooltip').waitFor()
    },
  },
  {
    what: 'how a figure is computed',
    on: '/',
    open: async page => {
      await page.getByRole('button', { name: 'How Response time is computed' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    what: 'the choice of days',
    on: '/',
    open: async page => {
      await page.getByRole('button', { name: / – / }).click()
      await page.getByLabel('First day').waitFor()
    },
  },
  {
    what: 'the figures of the days as numbers',
    on: '/',
    open: page => page.getByRole('button', { name: 'Show the numbers' }).click(),
  },
  { what: 'the dialog for a new agent', on: '/agents', open: page => dialog(page, 'New agent') },
  {
    what: 'what the columns mean',
    on: '/agents',
    open: async page => {
      await page.getByRole('button', { name: 'What the columns mean' }).click()
      await page.getByText(/^Half of the messages/).waitFor()
    },
  },
  { what: 'the dialog for a name', on: '/agents', inFirstRow: true, open: page => dialog(page, 'Rename') },
  {
    what: 'the busiest hours as numbers',
    on: '/agents',
    inFirstRow: true,
    open: page => page.getByRole('button', { name: 'Show the numbers' }).last().click(),
  },
  { what: 'the choice of an agent', on: '/conversations', open: page => list(page, 'Agent') },
  { what: 'the choice of a status', on: '/conversations', open: page => list(page, 'Status') },
  {
    what: 'a conversation of one agent',
    on: '/conversations',
    open: async page => {
      await list(page, 'Agent')
      await page.getByRole('option').first().click()
      await page.getByText(/^Only conversations with/).waitFor()
    },
  },
  {
    what: 'all of an event',
    on: '/events',
    open: async page => {
      await page.locator('.rows button').first().click()
      await page.getByLabel('the event', { exact: true }).waitFor()
    },
  },
  { what: 'the choice of a type', on: '/events', open: page => list(page, 'Type') },
  { what: 'the choice of a deed', on: '/activity', open: page => list(page, 'What was done') },
  { what: 'the dialog for a new key', on: '/api-keys', open: page => dialog(page, 'New key') },
  {
    what: 'a new key',
    on: '/api-keys',
    open: async page => {
      await dialog(page, 'New key')
      await page.getByRole('button', { name: 'Make the key' }).click()
      await page.getByText(/^tny_/).first().waitFor()
    },
  },
  { what: 'the dialog to rotate a key', on: '/api-keys', open: page => dialog(page, 'Rotate') },
  { what: 'the dialog to revoke a key', on: '/api-keys', open: page => dialog(page, 'Revoke') },
  { what: 'the choice of a zone', on: '/settings', open: page => list(page, 'Time zone') },
  {
    what: 'a refusal',
    on: '/profile',
    open: async page => {
      await page.getByLabel('New address').fill('other@address.example')
      await page.getByLabel('Your password').first().fill('not my password')
      await page.getByRole('button', { name: 'Change the address' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
]

async function dialog(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  await page.getByRole('dialog').waitFor()
}

async function list(page: Page, field: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByRole('option').first().waitFor()
}
