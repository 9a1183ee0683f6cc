import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { DEFAULT_SEED, type SampleInput, SCALES, type ScaleName } from '../maintenance/sample-data/scale.ts'
import { AppError } from '../platform/errors.ts'
import { type Cli, createCommand } from './command.ts'
import { describeSample, makeSampleKey, sampleDocument, showProgress } from './sample-access.ts'
import { scale, seed } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { scale: ScaleName; seed: number; sql?: string }

/** `tenantry sample-data`: organizations with ninety days of history, in an empty database or as a script. */
export function sampleData(cli: Cli): Command {
  return createCommand(
    cli,
    'sample-data',
    'fill a database that holds no organization with made-up ones and their history',
  )
    .option(
      '--scale <scale>',
      `how much: ${Object.keys(SCALES).join(' or ')} (default small)`,
      scale,
      'small',
    )
    .option(
      '--seed <number>',
      'another number gives other data, the same the same (default 1)',
      seed,
      DEFAULT_SEED,
    )
    .option('--sql <file>', 'write it as a script for psql instead, without a database')
    .action((options: Options) => {
      const input = { scale: SCALES[options.scale], seed: options.seed, now: new Date() }
      return options.sql === undefined ? load(cli, input) : write(cli, input, options.sql)
    })
}

// What makes a sample is loaded here only: the other commands do without.
async function load(cli: Cli, input: SampleInput): Promise<void> {
  const { loadSample } = await import('../maintenance/sample-data/load-sample.ts')
  const { sampleAccess } = await import('../maintenance/sample-data/sample-access.ts')
  return withDatabase(cli, async ({ pool }) => {
    const started = performance.now()
    const { rows } = await loadSample(pool, input, showProgress(cli.terminal))
    const seconds = Math.round((performance.now() - started) / 100) / 10
    const access = { ...sampleAccess(input), apiKey: await makeSampleKey(pool, sampleAccess(input)) }
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
    const { url } = cli.configuration()
    cli.terminal.answer(
      { seed: input.seed, seconds, rows, ...sampleDocument(access) },
      `${rows.organizations} organizations with 90 days of history: ${total.toLocaleString('en')} rows and their metrics, in ${seconds} s\n\n${describeSample(access, url, input.now)}`,
    )
  })
}

async function write(cli: Cli, input: SampleInput, file: string): Promise<void> {
  const { writeScript } = await import('../maintenance/sample-data/write-script.ts')
  const { sampleAccess } = await import('../maintenance/sample-data/sample-access.ts')
  try {
    await pipeline(Readable.from(writeScript(input)), createWriteStream(file))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'cli.file_unwritable',
      'conflict',
      `${file} cannot be written (${reason}). Name a file in a folder that is there and yours.`,
      { file },
    )
  }
  const { organizationId, logins, password } = sampleAccess(input)
  cli.terminal.answer(
    { seed: input.seed, file, organization_id: organizationId, logins, password },
    `${file} is written. Run it on a freshly migrated database: psql -f ${file} "$DATABASE_URL"`,
  )
}
