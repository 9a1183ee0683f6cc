import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { inject, vi } from 'vitest'

/** Where a system keeps a browser of its own. */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A real browser: the system's where it has one, else the one that npm delivers. The test closes it. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: INSTALLED.find(existsSync) ?? (await unpackOnce()),
    // Whoever runs the tests may be root, for whom Chromium has no sandbox; /dev/shm is small in containers.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}

/** Unpacked by the first test file that asks, into the run's own folder, which the end of the run removes. */
async function unpackOnce(): Promise<string> {
  const { browserFolder: folder } = inject('cluster')
  const done = join(folder, 'unpacked')
  try {
    mkdirSync(folder)
  } catch {
    await vi.waitFor(
      () => {
        if (!existsSync(done))
          throw new Error(`another test file is still unpacking the browser to ${folder}`)
      },
      { timeout: 60_000, interval: 50 },
    )
    return join(folder, 'chromium')
  }
  const before = tmpdir()
  process.env.TMPDIR = folder
  try {
    const path = await chromium.executablePath()
    writeFileSync(done, '')
    return path
  } finally {
    process.env.TMPDIR = before
  }
}
