import type { BrowserContext } from 'playwright-core'

/** Of one visit, in milliseconds from the moment at which the address was asked for. */
export type Visit = {
  readonly painted: number
  /** The figures of the overview are there. */
  readonly figures: number
  /** They are, and what kept the page busy for over 50 ms at a time is over: it answers to a click. */
  readonly interactive: number
  /** How long the page then took to show that another period was chosen. */
  readonly answer: number
  /** Of script, as it came over the wire. */
  readonly scriptBytes: number
}

/** Opens the overview and uses it as soon as it can be used, on a processor so many times slower than this one. */
export async function visit(
  context: BrowserContext,
  { url, slower }: { url: string; slower: number },
): Promise<Visit> {
  const page = await context.newPage()
  const client = await context.newCDPSession(page)
  await client.send('Emulation.setCPUThrottlingRate', { rate: slower })
  let scriptBytes = 0
  // A page that lacks a part of itself would be waited for in vain.
  const refused = new Promise<never>((_, reject) => {
    page.on('response', response => {
      if (response.status() >= 400) reject(new Error(`${response.status()} ${response.url()}`))
    })
  })
  page.on('response', response => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      scriptBytes += Number(response.headers()['content-length'] ?? 0)
  })
  await page.addInitScript(WATCH)
  const opened = page.goto(url).then(() => page.evaluate<Loading>('window.watched.quiet'))
  const { painted, figures, busyUntil } = await Promise.race([opened, refused])
  const answer = page.evaluate<number>('window.watched.answer')
  await page.getByRole('radiogroup', { name: 'Period' }).getByText('7 days', { exact: true }).click()
  const visited = {
    painted,
    figures,
    interactive: Math.max(painted, figures, busyUntil),
    answer: await Promise.race([answer, refused]),
    scriptBytes,
  }
  await page.close()
  return visited
}

type Loading = { readonly painted: number; readonly figures: number; readonly busyUntil: number }

/** How long nothing may keep the page busy before what did is taken to be over. */
const QUIET_MS = 1_000

/** Runs in the page, before anything of ours does. */
const WATCH = `(() => {
  const loading = { painted: 0, figures: 0, busyUntil: 0 }
  const seen = []
  new PerformanceObserver(list => {
    for (const { startTime } of list.getEntriesByName('first-contentful-paint')) loading.painted = startTime
  }).observe({ type: 'paint', buffered: true })
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries())
      loading.busyUntil = Math.max(loading.busyUntil, startTime + duration)
  }).observe({ type: 'longtask', buffered: true })
  new MutationObserver(() => {
    if (!loading.figures && document.querySelector('[role=group][aria-label=Messages]'))
      loading.figures = performance.now()
    for (const look of seen) look()
  }).observe(document, { childList: true, subtree: true, attributes: true })
  const quiet = new Promise(resolve => {
    const ask = setInterval(() => {
      const { painted, figures, busyUntil } = loading
      if (!painted || !figures || performance.now() - Math.max(painted, figures, busyUntil) < ${QUIET_MS}) return
      clearInterval(ask)
      resolve({ ...loading })
    }, 50)
  })
  const answer = new Promise(resolve => {
    addEventListener('click', ({ timeStamp }) => {
      seen.push(() => {
        if (document.querySelector('[role=radiogroup] input[value="7"]:checked'))
          requestAnimationFrame(() => resolve(performance.now() - timeStamp))
      })
    }, { capture: true, once: true })
  })
  window.watched = { quiet, answer }
})()`
