import type { ChildProcess } from 'node:child_process'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { endOf, startCli } from '../../cli/run-cli.ts'
import { openBrowser } from '../../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'

/** The built program on a database and a mail server of its own, and browsers to use it with. */
export type Stage = {
  readonly url: string
  readonly database: TestDatabase
  readonly mail: MailServer
  /** A page of somebody who was never here before. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const [database, mail, browser] = await Promise.all([
    createTestDatabase(),
    startMailServer(),
    openBrowser(),
  ])
  const { url, child } = await serve(database, mail)
  return {
    url,
    database,
    mail,
    open: (path, options) => openPage(browser, url + path, options),
    async close() {
      await browser.close()
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await mail.close()
      await database.drop()
    },
  }
}

async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options })
  const page = await context.newPage()
  page.on('pageerror', error => {
    throw error
  })
  await page.goto(address)
  return page
}

function serve(database: TestDatabase, mail: MailServer): Promise<{ url: string; child: ChildProcess }> {
  const env = {
    DATABASE_URL: database.url,
    SMTP_URL: mail.url,
    MAIL_FROM: 'Tenantry <no-reply@tenantry.test>',
    PORT: '0',
    RATE_LIMIT_PER_ADDRESS: '100000',
  }
  const child = startCli(['serve', '--json'], { env })
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', text => resolve({ url: JSON.parse(String(text)).url, child }))
    void endOf(child).then(({ stderr }) => reject(new Error(`the program ended:\n${stderr}`)))
  })
}
