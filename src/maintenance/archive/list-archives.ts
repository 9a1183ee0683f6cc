import type { RoleTx } from '../../database/transaction.ts'

/** A file of the archive as the database knows it. */
export type Archive = {
  readonly file: string
  /** YYYY-MM, in UTC. */
  readonly month: string
  readonly state: string
  readonly events: number | null
  readonly bytes: number | null
  readonly sha256: string | null
  readonly startedAt: Date
  readonly deletedAt: Date | null
}

/** The files of the archive, or those of one month (YYYY-MM), the oldest month first. */
export async function listArchives(
  tx: RoleTx,
  { month }: { month?: string | undefined } = {},
): Promise<Archive[]> {
  let query = tx
    .selectFrom('event_archives')
    .select(['file', 'month', 'state', 'events', 'bytes', 'sha256', 'started_at', 'deleted_at'])
  if (month !== undefined) query = query.where('month', '=', `${month}-01`)
  const rows = await query.orderBy('month').orderBy('started_at').orderBy('file').execute()
  return rows.map(({ started_at, deleted_at, ...row }) => ({
    ...row,
    month: row.month.slice(0, 7),
    startedAt: started_at,
    deletedAt: deleted_at,
  }))
}
