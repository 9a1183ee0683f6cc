import type { Command } from 'commander'
import { HANDLERS } from '../jobs/handlers.ts'
import { RollUpPace } from '../jobs/roll-up-pace.ts'
import { recordRun } from '../maintenance/record-run.ts'
import { openArchiveFolder } from '../platform/archive-store.ts'
import { createLogger } from '../platform/logger.ts'
import { createMailTransport } from '../platform/mail/transport.ts'
import type { Duty } from '../queue/tasks.ts'
import { type Cli, createCommand } from './command.ts'
import { duty } from './values.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry maintain run NAME`: does a duty of the clock now, in this process; ends when it is done. */
export function maintainRun(cli: Cli): Command {
  return createCommand(cli, 'run', 'do one of the duties now that the clock starts otherwise')
    .argument('<name>', 'which one, like archive-events; `maintain status` lists them', duty)
    .action((task: Duty) =>
      withDatabase(cli, async ({ pool }) => {
        const configuration = cli.configuration()
        const mail = createMailTransport(configuration)
        const now = () => new Date()
        const context = {
          pool,
          now,
          pace: new RollUpPace(),
          mail,
          log: createLogger(configuration.logLevel),
          publicUrl: configuration.url,
          archive: openArchiveFolder(configuration.archiveDir),
          eventRetention: configuration.eventRetention,
        }
        const started = performance.now()
        try {
          const result = await recordRun(pool, { task, now }, () => HANDLERS[task](context, {}))
          const rows = typeof result === 'number' ? result : null
          const seconds = Math.round(performance.now() - started) / 1_000
          cli.terminal.answer(
            { task, rows, seconds },
            `${task} is done: ${rows === null ? '' : `${rows.toLocaleString('en')} rows, `}${seconds} s`,
          )
        } finally {
          mail.close()
        }
      }),
    )
}
