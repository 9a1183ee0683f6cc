/** The roles of the database (all NOLOGIN). A login takes exactly one of them, for one transaction. */
export const ROLES = [
  'tenantry_owner',
  'tenantry_tenant',
  'tenantry_ingest',
  'tenantry_admin',
  'tenantry_jobs',
  'tenantry_backup',
] as const

export type Role = (typeof ROLES)[number]
