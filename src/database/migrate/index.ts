/** Migrations: how a database comes to the schema of this version. The numbered files are in migrations/. */
export type { MigrationState, MigrationStatus } from './ledger.ts'
export { type MigrateOptions, type MigrateResult, migrate } from './migrate.ts'
export { migrationStatus, missingMigrations } from './migration-status.ts'
export { type EnforcedLimit, enforceLimits } from './phase-one/enforce-limits.ts'
