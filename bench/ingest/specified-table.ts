import pg from 'pg'
import type { Sender } from './events.ts'
import { onServer } from './on-server.ts'

/** The events table exactly as the specification writes it, with the tables that its keys refer to. */
const TABLES = `
  CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
  CREATE TABLE organizations (id UUID PRIMARY KEY DEFAULT uuid_generate_v4(), name VARCHAR(255) NOT NULL);
  CREATE TABLE users (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE
  );
  CREATE TABLE analytics_events (
    id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),
    organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    event_type VARCHAR(100) NOT NULL,
    resource_type VARCHAR(100),
    resource_id UUID,
    properties JSONB DEFAULT '{}',
    user_id UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMP DEFAULT NOW()
  );
  CREATE INDEX idx_analytics_events_org_created ON analytics_events(organization_id, created_at);
  CREATE INDEX idx_analytics_events_type ON analytics_events(event_type);
  CREATE INDEX idx_analytics_events_resource ON analytics_events(resource_type, resource_id);
  CREATE INDEX idx_analytics_events_user ON analytics_events(user_id);`

export interface SpecifiedTable {
  url: string
  drop(): Promise<void>
}

/** A database of its own with that table, and the same organizations and users. */
export async function makeSpecifiedTable(
  serverUrl: string,
  database: string,
  senders: readonly Sender[],
): Promise<SpecifiedTable> {
  const drop = () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  await drop()
  await onServer(serverUrl, `CREATE DATABASE ${database}`)
  const url = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(TABLES)
  for (const { id, users } of senders) {
    await client.query(`INSERT INTO organizations VALUES ($1, 'Bench')`, [id])
    await client.query('INSERT INTO users SELECT u, $1 FROM unnest($2::uuid[]) AS u', [id, users])
  }
  await client.query('VACUUM ANALYZE')
  await client.end()
  return { url, drop }
}
