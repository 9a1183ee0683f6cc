import { cpus } from 'node:os'
import type { Browser } from 'playwright-core'
import { startProduct } from '../ingest/product.ts'
import { openBrowser } from './open-browser.ts'
import { makeSampleDatabase } from './sample-database.ts'
import { type Visit, visit } from './visit.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 10)
const PORT = 25_487
const ADDRESS = `http://127.0.0.1:${PORT}/`
const MOST_SCRIPT_BYTES = 300_000

/**
 * How long the overview of the small sample takes until one can work with it, for somebody who is signed in: from the
 * first visit (cold: nothing in the browser's cache) and from the next (warm), on this processor and on one that is four
 * times slower. Fails where the first load has more script than is allowed.
 */
export async function run(serverUrl: string): Promise<void> {
  const database = await makeSampleDatabase(serverUrl)
  const product = await startProduct(database.url, PORT)
  const { browser, close } = await openBrowser()
  try {
    console.log(
      `small sample, ${ROUNDS} rounds, medians in ms; Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model}`,
    )
    console.log('browser, server, worker and PostgreSQL share the processors; no network between them\n')
    const session = await signIn(browser, database.credentials)
    let scriptBytes = 0
    for (const slower of [1, 4]) {
      const { cold, warm } = await rounds(browser, session, slower)
      print(`cold, ${SPEED[slower]}`, cold)
      print(`warm, ${SPEED[slower]}`, warm)
      scriptBytes = Math.max(scriptBytes, ...cold.map(each => each.scriptBytes))
    }
    console.log(`\nscript of the first load, compressed: ${(scriptBytes / 1000).toFixed(0)} kB (limit 300)`)
    if (scriptBytes === 0 || scriptBytes > MOST_SCRIPT_BYTES) throw new Error('missed')
  } finally {
    await close()
    await product.stop()
    await database.drop()
  }
}

const SPEED: Record<number, string> = { 1: 'this processor', 4: 'four times slower' }

type Session = Awaited<ReturnType<typeof signIn>>

async function signIn(browser: Browser, credentials: { email: string; password: string }) {
  const context = await browser.newContext()
  const answer = await context.request.post(`${ADDRESS}v1/sessions`, { data: credentials })
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`)
  const state = await context.storageState()
  await context.close()
  return state
}

/** A context of its own each time begins with an empty cache; the second visit finds what the first left there. */
async function rounds(browser: Browser, storageState: Session, slower: number) {
  const [cold, warm]: [Visit[], Visit[]] = [[], []]
  for (let round = 0; round <= ROUNDS; round++) {
    const context = await browser.newContext({ storageState, viewport: { width: 1280, height: 800 } })
    const visits = [
      await visit(context, { url: ADDRESS, slower }),
      await visit(context, { url: ADDRESS, slower }),
    ] as const
    await context.close()
    // The first one warms up the server and the database.
    if (round === 0) continue
    cold.push(visits[0])
    warm.push(visits[1])
  }
  return { cold, warm }
}

function print(name: string, visits: readonly Visit[]): void {
  const of = (key: keyof Visit) => {
    const values = visits.map(each => each[key]).sort((one, other) => one - other)
    return Math.round(values[values.length >> 1] ?? Number.NaN)
  }
  const slowest = Math.round(Math.max(...visits.map(each => each.interactive)))
  console.log(
    `${name.padEnd(24)} first paint ${of('painted')}, figures ${of('figures')}, interactive ${of('interactive')} (slowest ${slowest}); a click is answered in ${of('answer')}`,
  )
}
