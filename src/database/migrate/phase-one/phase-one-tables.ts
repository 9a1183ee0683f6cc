/** What a value must be like for our code to work with it; a host may spell the type in its own way. */
export type ColumnKind = 'uuid' | 'text' | 'boolean' | 'instant' | 'integer' | 'jsonb'

/** A table that a host product may have brought, and what of it we need, add and may use. */
export interface PhaseOneTable {
  name: string
  /** The column that says whose row it is. */
  tenantKey: 'id' | 'organization_id'
  /** Without one of these the table does not fit. */
  needed: Readonly<Record<string, ColumnKind>>
  /** Added where absent, in this form; present ones are kept, and must be of this kind where our code relies on it. */
  added: Readonly<Record<string, { kind?: ColumnKind; definition: string }>>
  /** Our checks on columns that we added, never on a host's own. */
  checks: Readonly<Record<string, { column: string; expression: string }>>
  /** What our roles are granted, as on the tables that we make ourselves. */
  rights: {
    tenant: string
    admin: string
    jobs: string
    /** Of ingestion, on ours and on a host's alike; `owned`: on our own table only. */
    ingest?: { everywhere: string } | { owned: string }
  }
}

const IDS = { everywhere: 'SELECT (organization_id, id)' } as const
const TENANT_DATA = { tenant: 'SELECT, INSERT, UPDATE, DELETE', admin: 'SELECT', jobs: 'SELECT' }
const DATED = {
  created_at: { definition: 'timestamptz NOT NULL DEFAULT now()' },
  updated_at: { definition: 'timestamptz NOT NULL DEFAULT now()' },
} as const

/**
 * The tables of Phase 1. Every definition of an added column is a constant default or none: PostgreSQL then adds it
 * without reading or rewriting a row. The limits come without their default, which would bind organizations whose
 * plan has not been looked at yet; {@link LIMITS} gives them theirs after the fill.
 */
export const PHASE_ONE: readonly PhaseOneTable[] = [
  {
    name: 'organizations',
    tenantKey: 'id',
    needed: { id: 'uuid', name: 'text', subdomain: 'text', plan: 'text', plan_status: 'text' },
    added: {
      time_zone: { kind: 'text', definition: "varchar(64) NOT NULL DEFAULT 'UTC'" },
      max_users: { kind: 'integer', definition: 'integer' },
      max_agents: { kind: 'integer', definition: 'integer' },
      max_messages: { kind: 'integer', definition: 'integer' },
      max_storage: { kind: 'integer', definition: 'bigint' },
      ...DATED,
    },
    checks: {
      organizations_time_zone_check: {
        column: 'time_zone',
        expression: "time_zone ~ '^[A-Za-z][A-Za-z0-9_+/-]*$'",
      },
      organizations_max_users_check: { column: 'max_users', expression: 'max_users >= 0' },
      organizations_max_agents_check: { column: 'max_agents', expression: 'max_agents >= 0' },
      organizations_max_messages_check: { column: 'max_messages', expression: 'max_messages >= 0' },
      organizations_max_storage_check: { column: 'max_storage', expression: 'max_storage >= 0' },
    },
    rights: {
      tenant: 'SELECT, UPDATE (name, subdomain, time_zone)',
      admin: 'SELECT, INSERT, UPDATE, DELETE',
      jobs: 'SELECT, UPDATE',
    },
  },
  {
    name: 'users',
    tenantKey: 'organization_id',
    needed: { id: 'uuid', organization_id: 'uuid', email: 'text', first_name: 'text', last_name: 'text' },
    added: {
      organization_role: { kind: 'text', definition: "varchar(50) NOT NULL DEFAULT 'member'" },
      is_active: { kind: 'boolean', definition: 'boolean NOT NULL DEFAULT true' },
      last_active_at: { kind: 'instant', definition: 'timestamptz' },
      avatar_url: { kind: 'text', definition: 'text' },
      job_title: { kind: 'text', definition: 'varchar(255)' },
      preferences: { kind: 'jsonb', definition: "jsonb NOT NULL DEFAULT '{}'" },
      ...DATED,
    },
    checks: {
      users_organization_role_check: {
        column: 'organization_role',
        expression: "organization_role IN ('owner', 'admin', 'member', 'viewer')",
      },
      users_preferences_check: { column: 'preferences', expression: "jsonb_typeof(preferences) = 'object'" },
    },
    rights: {
      tenant: 'SELECT, INSERT, UPDATE, DELETE',
      admin: 'SELECT, INSERT, UPDATE, DELETE',
      jobs: 'SELECT, UPDATE',
      ingest: IDS,
    },
  },
  {
    name: 'agents',
    tenantKey: 'organization_id',
    needed: { id: 'uuid', organization_id: 'uuid', user_id: 'uuid', is_active: 'boolean' },
    added: {
      name: { kind: 'text', definition: 'varchar(255)' },
      description: { definition: 'text' },
      model: { definition: 'varchar(255)' },
      settings: { definition: "jsonb NOT NULL DEFAULT '{}'" },
      ...DATED,
    },
    checks: {},
    rights: { ...TENANT_DATA, ingest: IDS },
  },
  {
    name: 'conversations',
    tenantKey: 'organization_id',
    needed: { id: 'uuid', organization_id: 'uuid', status: 'text' },
    added: {},
    checks: {},
    rights: {
      ...TENANT_DATA,
      ingest: {
        owned: 'INSERT (id, organization_id, agent_id, user_id, end_user_id, started_at, created_at)',
      },
    },
  },
  {
    name: 'messages',
    tenantKey: 'organization_id',
    needed: { organization_id: 'uuid', created_at: 'instant' },
    added: {},
    checks: {},
    rights: TENANT_DATA,
  },
  ...['workflows', 'workflow_executions'].map(
    (name): PhaseOneTable => ({
      name,
      tenantKey: 'organization_id',
      // Nothing of ours refers to these: without this column they are left alone.
      needed: {},
      added: {},
      checks: {},
      rights: TENANT_DATA,
    }),
  ),
]

/** The limits of an organization, with the default that a new one gets; NULL is unlimited. */
export const LIMITS = {
  max_users: 1,
  max_agents: 1,
  max_messages: 1_000,
  max_storage: 104_857_600,
} as const

/** What each plan allows; a plan that is not named here, enterprise among them, is unlimited. */
export const PLAN_LIMITS: Readonly<Record<string, Record<keyof typeof LIMITS, number>>> = {
  free: LIMITS,
  starter: { max_users: 5, max_agents: 5, max_messages: 10_000, max_storage: 1024 ** 3 },
  pro: { max_users: 25, max_agents: 25, max_messages: 100_000, max_storage: 10 * 1024 ** 3 },
}

/** Where a host's program fills these itself and the column has no default, rows of ours need one. */
export const ROW_DEFAULTS: Readonly<Record<string, string>> = {
  id: 'gen_random_uuid()',
  created_at: 'now()',
  updated_at: 'now()',
}
