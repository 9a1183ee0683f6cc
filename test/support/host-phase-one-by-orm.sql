-- A host product's Phase 1 as an object mapper makes it: enums, ids and times filled by the program, tables of a superuser
-- that one web role uses, limits and a time zone of its own, row-level security of its own, messages by month.
CREATE ROLE host_web LOGIN;

CREATE TYPE "Plan" AS ENUM ('free', 'starter', 'pro', 'enterprise');
CREATE TYPE "Status" AS ENUM ('active', 'archived');

CREATE TABLE organizations (
  id uuid PRIMARY KEY,
  name varchar(80) NOT NULL,
  subdomain varchar(80) NOT NULL UNIQUE,
  plan "Plan" NOT NULL,
  plan_status varchar(20) NOT NULL DEFAULT 'active',
  time_zone text,
  max_users integer,
  updated_at timestamp(3) NOT NULL
);
CREATE TABLE users (
  id uuid PRIMARY KEY,
  organization_id uuid REFERENCES organizations (id),
  email varchar(255) NOT NULL UNIQUE,
  first_name varchar(255),
  last_name varchar(255),
  preferences jsonb,
  last_active_at timestamp(3),
  updated_at timestamp(3) NOT NULL
);
CREATE TABLE agents (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organizations (id),
  user_id uuid REFERENCES users (id),
  name varchar(80) NOT NULL,
  model jsonb,
  is_active boolean NOT NULL
);
-- The host's key already, in the other order.
CREATE UNIQUE INDEX agents_by_organization ON agents (id, organization_id);
CREATE TABLE conversations (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  status "Status" NOT NULL DEFAULT 'active'
);
ALTER TABLE conversations ENABLE ROW LEVEL SECURITY;
CREATE POLICY not_archived ON conversations TO host_web USING (status = 'active');
CREATE TABLE messages (
  id uuid NOT NULL,
  organization_id uuid NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL
) PARTITION BY RANGE (created_at);
CREATE TABLE messages_before PARTITION OF messages FOR VALUES FROM (MINVALUE) TO ('2026-01-01 00:00:00+00');
CREATE TABLE messages_after PARTITION OF messages FOR VALUES FROM ('2026-01-01 00:00:00+00') TO (MAXVALUE);

INSERT INTO organizations (id, name, subdomain, plan, max_users, updated_at) VALUES
  ('ac000000-0000-4000-8000-000000000001', 'Acme', 'acme', 'free', 7, now()),
  ('90000000-0000-4000-8000-000000000001', 'Globex', 'globex', 'enterprise', NULL, now());
INSERT INTO users (id, organization_id, email, updated_at) VALUES
  ('ac000000-0000-4000-8000-0000000000a1', 'ac000000-0000-4000-8000-000000000001', 'ada@acme.test', now()),
  ('ac000000-0000-4000-8000-0000000000a2', 'ac000000-0000-4000-8000-000000000001', 'amy@acme.test', now()),
  ('90000000-0000-4000-8000-0000000000a1', '90000000-0000-4000-8000-000000000001', 'bob@globex.test', now()),
  ('00000000-0000-4000-8000-0000000000a1', NULL, 'root@host.test', now());
INSERT INTO agents (id, organization_id, name, is_active) VALUES
  ('ac000000-0000-4000-8000-0000000000b1', 'ac000000-0000-4000-8000-000000000001', 'Helper', true);
INSERT INTO conversations (id, organization_id, status) VALUES
  ('ac000000-0000-4000-8000-0000000000c1', 'ac000000-0000-4000-8000-000000000001', 'active'),
  ('ac000000-0000-4000-8000-0000000000c2', 'ac000000-0000-4000-8000-000000000001', 'archived');
INSERT INTO messages (id, organization_id, content, created_at) VALUES
  (gen_random_uuid(), 'ac000000-0000-4000-8000-000000000001', '"hello"', '2025-12-31 00:00:00+00'),
  (gen_random_uuid(), 'ac000000-0000-4000-8000-000000000001', '"again"', '2026-01-31 00:00:00+00');

GRANT SELECT, INSERT, UPDATE, DELETE ON organizations, users, agents, conversations, messages TO host_web;
