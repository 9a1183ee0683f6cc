import type pg from 'pg'
import { inTenant } from '../database/transaction.ts'
import { rollUpDay } from '../domains/analytics/index.ts'
import { createPartitions } from '../maintenance/partitions.ts'
import type { Task, Tasks } from '../queue/tasks.ts'
import type { RollUpPace } from './roll-up-pace.ts'

export type HandlerContext = {
  readonly pool: pg.Pool
  readonly now: () => Date
  readonly pace: RollUpPace
}

type Handlers = { readonly [T in Task]: (context: HandlerContext, payload: Tasks[T]) => Promise<unknown> }

/** What is done for each task: one line into the domain. Returning is done, throwing is tried again; both may happen twice. */
export const HANDLERS: Handlers = {
  'analytics.roll-up': ({ pool, pace }, { organizationId, date }) =>
    pace.measure({ organizationId, date }, () =>
      inTenant(pool, organizationId, tx => rollUpDay(tx, { date }), 'tenantry_jobs'),
    ),
  'maintenance.create-partitions': ({ pool, now }) => createPartitions(pool, { now: now() }),
}
