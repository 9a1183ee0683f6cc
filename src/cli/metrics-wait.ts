import type { Command } from 'commander'
import { waitForMetrics } from '../domains/analytics/index.ts'
import { type Cli, createCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry metrics wait`: ends when the metrics equal the events; fails where no worker runs that would bring them up. */
export function metricsWait(cli: Cli): Command {
  return createCommand(cli, 'wait', 'wait until the metrics have caught up with the events').action(() =>
    withDatabase(cli, async ({ pool }) => {
      const started = performance.now()
      await waitForMetrics(pool, {
        onProgress: days => cli.terminal.progress(`${days} ${days === 1 ? 'day is' : 'days are'} behind …`),
      })
      const seconds = Math.round(performance.now() - started) / 1_000
      cli.terminal.answer({ current: true, waited_seconds: seconds }, 'the metrics are current')
    }),
  )
}
