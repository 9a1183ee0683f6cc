/**
 * Embedded PostgreSQL: the database of whoever has none. Runs the binaries that npm delivers, in a folder of the
 * server's own, reachable from this machine alone. Starting holds the folder; finding shares what already runs.
 */
export { findEmbeddedPostgres, type RunningPostgres } from './find.ts'
export { type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts'
