import { type MigrationState, migrationStatus } from '../../database/migrate/index.ts'
import { type Finding, failed, orOk, type Subject } from './finding.ts'

const REMEDIES: Readonly<Record<Exclude<MigrationState, 'applied'>, string>> = {
  pending: 'run `tenantry migrate`',
  edited: 'restore the file as it was, and put the change into a new migration',
  unknown: 'a newer version has migrated this database: run that one',
}

/** The database has exactly the migrations that this version delivers. */
export async function migrations({ url }: Subject): Promise<Finding[]> {
  const status = await migrationStatus({ url })
  const findings = status.flatMap(({ name, state }) =>
    state === 'applied' ? [] : [failed(`${name} is ${state}`, REMEDIES[state])],
  )
  return orOk(findings, `${status.length} migrations applied, none edited`)
}
