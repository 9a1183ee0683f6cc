-- A host product's Phase 1 as it grew over years: an owner that is no superuser, words of its own, numbers beside the
-- uuids, its own update_updated_at_column(). Every role host_… gets a name of its own in each test database.
CREATE ROLE host_owner LOGIN;
CREATE ROLE host_app LOGIN;
CREATE ROLE host_reader LOGIN;
CREATE ROLE host_group NOLOGIN;
CREATE ROLE host_member LOGIN IN ROLE host_group;
CREATE ROLE host_switcher LOGIN NOINHERIT IN ROLE host_group;
CREATE ROLE host_auditor LOGIN;
CREATE ROLE host_backup LOGIN IN ROLE pg_read_all_data;
CREATE ROLE host_stranger LOGIN;

GRANT CREATE, USAGE ON SCHEMA public TO host_owner;
SET SESSION AUTHORIZATION host_owner;

CREATE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql
  AS 'BEGIN NEW.updated_at = now(); NEW.revision = OLD.revision + 1; RETURN NEW; END';

CREATE TABLE organizations (
  legacy_id bigserial UNIQUE,
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  subdomain text NOT NULL UNIQUE,
  plan text,
  plan_status text DEFAULT 'active',
  revision integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz
);
CREATE TRIGGER touch BEFORE UPDATE ON organizations FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TABLE users (
  number serial,
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  email text NOT NULL UNIQUE,
  first_name text,
  last_name text,
  password_hash text NOT NULL,
  role text NOT NULL DEFAULT 'editor',
  revision integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz
);
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

-- The host writes down every change of a user, in a table that only its own roles may touch.
CREATE TABLE user_changes (user_id uuid, changed_at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION note_user_change() RETURNS trigger LANGUAGE plpgsql
  AS 'BEGIN INSERT INTO user_changes (user_id) VALUES (NEW.id); RETURN NEW; END';
CREATE TRIGGER note_change AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note_user_change();

CREATE TABLE agents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id),
  prompt text NOT NULL DEFAULT '',
  is_active boolean NOT NULL DEFAULT true
);

CREATE TABLE conversations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  agent_id uuid REFERENCES agents (id) ON DELETE CASCADE,
  status varchar(20) NOT NULL,
  topics jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX conversations_topics ON conversations USING gin (topics);

CREATE TABLE messages (
  id bigserial PRIMARY KEY,
  organization_id uuid NOT NULL,
  conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  body text NOT NULL,
  created_at timestamp NOT NULL DEFAULT now()
);

-- No organization: not what the specification means by it.
CREATE TABLE workflows (id bigserial PRIMARY KEY, name text NOT NULL);

CREATE VIEW user_names AS SELECT id, first_name FROM users;

INSERT INTO organizations (id, name, subdomain, plan, plan_status) VALUES
  ('ac000000-0000-4000-8000-000000000001', 'Acme', 'acme', 'free', 'active'),
  ('90000000-0000-4000-8000-000000000001', 'Globex', 'globex', 'pro', 'dunning'),
  ('10000000-0000-4000-8000-000000000001', 'Initech', 'initech', 'gold', NULL),
  ('20000000-0000-4000-8000-000000000001', 'Umbrella', 'umbrella', NULL, 'active'),
  ('30000000-0000-4000-8000-000000000001', 'Empty', 'empty', 'starter', 'active');
INSERT INTO users (id, organization_id, email, first_name, last_name, password_hash, role, created_at) VALUES
  ('ac000000-0000-4000-8000-0000000000a1', 'ac000000-0000-4000-8000-000000000001', 'ada@acme.test', 'Ada', 'Lovelace', 'scrypt$1', 'editor', '2024-01-02 00:00:00+00'),
  ('ac000000-0000-4000-8000-0000000000a0', 'ac000000-0000-4000-8000-000000000001', 'al@acme.test', 'Al', NULL, 'scrypt$2', 'Viewer', '2024-03-02 00:00:00+00'),
  ('ac000000-0000-4000-8000-0000000000a2', 'ac000000-0000-4000-8000-000000000001', 'amy@acme.test', NULL, NULL, 'scrypt$3', 'superuser', '2024-02-02 00:00:00+00'),
  ('90000000-0000-4000-8000-0000000000a1', '90000000-0000-4000-8000-000000000001', 'bob@globex.test', 'Bob', NULL, 'scrypt$4', 'admin', '2024-01-01 00:00:00+00'),
  ('90000000-0000-4000-8000-0000000000a2', '90000000-0000-4000-8000-000000000001', 'bea@globex.test', 'Bea', NULL, 'scrypt$5', 'owner', '2024-05-01 00:00:00+00');
INSERT INTO agents (id, organization_id, user_id, is_active) VALUES
  ('ac000000-0000-4000-8000-0000000000b1', 'ac000000-0000-4000-8000-000000000001', 'ac000000-0000-4000-8000-0000000000a1', true),
  ('ac000000-0000-4000-8000-0000000000b2', 'ac000000-0000-4000-8000-000000000001', 'ac000000-0000-4000-8000-0000000000a1', true),
  ('ac000000-0000-4000-8000-0000000000b3', 'ac000000-0000-4000-8000-000000000001', 'ac000000-0000-4000-8000-0000000000a1', false),
  ('90000000-0000-4000-8000-0000000000b1', '90000000-0000-4000-8000-000000000001', '90000000-0000-4000-8000-0000000000a1', true);
INSERT INTO conversations (id, organization_id, agent_id, status) VALUES
  ('ac000000-0000-4000-8000-0000000000c1', 'ac000000-0000-4000-8000-000000000001', 'ac000000-0000-4000-8000-0000000000b1', 'open'),
  ('90000000-0000-4000-8000-0000000000c1', '90000000-0000-4000-8000-000000000001', '90000000-0000-4000-8000-0000000000b1', 'active');
INSERT INTO messages (organization_id, conversation_id, body)
  SELECT 'ac000000-0000-4000-8000-000000000001', 'ac000000-0000-4000-8000-0000000000c1', 'message ' || n
  FROM generate_series(1, 1200) AS n;
INSERT INTO messages (organization_id, conversation_id, body)
  VALUES ('90000000-0000-4000-8000-000000000001', '90000000-0000-4000-8000-0000000000c1', 'hello');

GRANT SELECT, INSERT, UPDATE, DELETE ON organizations, users, agents, conversations, messages, user_changes TO host_app;
GRANT USAGE ON SEQUENCE organizations_legacy_id_seq, users_number_seq, messages_id_seq TO host_app;
GRANT SELECT ON organizations, users, agents, conversations, messages, user_names TO host_reader;
GRANT SELECT ON organizations, users, agents, conversations, messages TO host_group;
GRANT SELECT (id, email) ON users TO host_auditor;

RESET SESSION AUTHORIZATION;
