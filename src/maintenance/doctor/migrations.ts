import { type MigrationState, migrate, migrationStatus } from '../../database/migrate/index.ts'
import { AppError } from '../../platform/errors.ts'
import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

const REMEDIES: Readonly<Record<Exclude<MigrationState, 'applied'>, string>> = {
  pending: 'run `tenantry migrate`',
  edited: 'restore the file as it was, and put the change into a new migration',
  unknown: 'a newer version has migrated this database: run that one',
}

/** The database has exactly the migrations that this version delivers; else what stands in the way of applying them. */
export async function migrations(subject: Subject): Promise<Finding[]> {
  const status = await migrationStatus({ url: subject.url })
  const findings = status.flatMap(({ name, state }) =>
    state === 'applied' ? [] : [found(state)(`${name} is ${state}`, REMEDIES[state])],
  )
  if (status.some(({ state }) => state === 'pending')) findings.push(...(await obstacles(subject)))
  return orOk(findings, `${status.length} applied, none edited`)
}

/** Where nothing was ever migrated, that is all there is to say; nothing is found where something was. */
export async function firstMigration(subject: Subject): Promise<Finding[]> {
  const status = await migrationStatus({ url: subject.url })
  if (status.some(({ state }) => state !== 'pending')) return []
  return [failed('the database is not migrated', 'run `tenantry migrate`'), ...(await obstacles(subject))]
}

/** While a newer version takes over, the older one goes on serving. */
const found = (state: MigrationState) => (state === 'unknown' ? warning : failed)

/** Only said, not done. On a managed server these are the statements that its administrator runs once. */
async function obstacles({ url }: Subject): Promise<Finding[]> {
  try {
    await migrate({ url, dryRun: true, report: () => {} })
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { sql } = error.details
    const statements = Array.isArray(sql) ? sql.map(String) : []
    const [message = error.message] = error.message.split('\n')
    return statements.length > 0
      ? [failed(`migrate would be refused: ${message}`, 'let an administrator run the SQL', statements)]
      : [failed(`migrate would be refused: ${error.message}`, 'put that right first')]
  }
}
