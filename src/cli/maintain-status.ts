import type { Command } from 'commander'
import { inRole } from '../database/transaction.ts'
import { nextRun } from '../jobs/next-run.ts'
import { SCHEDULE } from '../jobs/schedule.ts'
import { listRuns, type MaintenanceRun } from '../maintenance/list-runs.ts'
import { type Cli, createCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry maintain status`: what each duty of the clock did last, how long it took, and when it comes next. */
export function maintainStatus(cli: Cli): Command {
  return createCommand(cli, 'status', 'show what each duty did last, and when it comes next').action(() =>
    withDatabase(cli, async ({ pool }) => {
      const now = new Date()
      const runs = await inRole(pool, 'tenantry_jobs', listRuns)
      const duties = SCHEDULE.map(scheduled => ({
        task: scheduled.task,
        run: runs.get(scheduled.task),
        next: nextRun(scheduled, now),
      }))
      cli.terminal.answer({ data: duties.map(documentOf) }, duties.map(describe).join('\n\n'))
    }),
  )
}

type StatusOfDuty = { task: string; run: MaintenanceRun | undefined; next: Date | undefined }

function documentOf({ task, run, next }: StatusOfDuty) {
  return {
    task,
    started_at: run?.startedAt ?? null,
    finished_at: run?.finishedAt ?? null,
    seconds: run ? secondsOf(run) : null,
    rows: run?.rows ?? null,
    error: run?.error ?? null,
    succeeded_at: run?.succeededAt ?? null,
    next_run_at: next ?? null,
  }
}

function describe({ task, run, next }: StatusOfDuty): string {
  return `${task}\n  ${run ? outcomeOf(run) : 'never run'}\n  next ${next?.toISOString() ?? 'never'}`
}

function outcomeOf(run: MaintenanceRun): string {
  const began = run.startedAt.toISOString()
  const seconds = secondsOf(run)
  if (seconds === null) return `began ${began} and has not ended: it runs, or was killed`
  const took = `${began}, ${seconds} s`
  const success =
    run.succeededAt === null ? 'it never succeeded' : `it last succeeded ${run.succeededAt.toISOString()}`
  if (run.error !== null) return `failed ${took}: ${run.error}\n  ${success}`
  return `last ${took}${run.rows === null ? '' : `, ${run.rows.toLocaleString('en')} rows`}`
}

function secondsOf({ startedAt, finishedAt }: MaintenanceRun): number | null {
  return finishedAt === null ? null : (finishedAt.getTime() - startedAt.getTime()) / 1_000
}
