import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Load, LoadResult } from './load.ts'

/** Sends the load from a process of its own, so that what it costs to send is no part of what is measured here. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const child = fork(fileURLToPath(new URL('./load-process.js', import.meta.url)), {
    execArgv: ['--max-old-space-size=2048'],
  })
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  await once(child, 'message')
  child.send(load)
  await once(child, 'message')
  const result = once(child, 'message')
  child.send('go')
  const [report] = (await result) as [LoadResult]
  process.off('exit', killWithUs)
  return report
}
