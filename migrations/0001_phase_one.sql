-- Phase 1: the organizations, their users and agents, and what the agents did. Everything later refers to these tables.
-- A database that already holds some of them keeps them as they are: CREATE TABLE IF NOT EXISTS passes them by, and the
-- adoption of a present Phase 1 gives them the columns, keys, policies and grants that are missing.

-- A host with uuid-ossp, or with a function of its own, keeps it; every default names the function, not the extension.
DO $$
BEGIN
  IF to_regprocedure('uuid_generate_v4()') IS NULL THEN
    CREATE FUNCTION uuid_generate_v4() RETURNS uuid
      LANGUAGE sql VOLATILE PARALLEL SAFE
      AS 'SELECT gen_random_uuid()';
  END IF;

  -- The time of the statement, not of the transaction: two changes in one transaction have an order.
  IF to_regprocedure('update_updated_at_column()') IS NULL THEN
    CREATE FUNCTION update_updated_at_column() RETURNS trigger
      LANGUAGE plpgsql
      AS 'BEGIN NEW.updated_at = clock_timestamp(); RETURN NEW; END';
  END IF;
END
$$;

-- NULL in a max_* column means unlimited.
CREATE TABLE IF NOT EXISTS organizations (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  name varchar(255) NOT NULL,
  subdomain varchar(63) NOT NULL UNIQUE,
  plan varchar(50) NOT NULL DEFAULT 'free',
  plan_status varchar(50) NOT NULL DEFAULT 'active',
  time_zone varchar(64) NOT NULL DEFAULT 'UTC',
  max_users integer DEFAULT 1,
  max_agents integer DEFAULT 1,
  max_messages integer DEFAULT 1000,
  max_storage bigint DEFAULT 104857600,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT organizations_name_check CHECK (name ~ '\S'),
  CONSTRAINT organizations_subdomain_check CHECK (subdomain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  CONSTRAINT organizations_plan_check CHECK (plan ~ '^[a-z0-9][a-z0-9_.-]*$'),
  CONSTRAINT organizations_plan_status_check CHECK (plan_status ~ '^[a-z0-9][a-z0-9_.-]*$'),
  CONSTRAINT organizations_time_zone_check CHECK (time_zone ~ '^[A-Za-z][A-Za-z0-9_+/-]*$'),
  CONSTRAINT organizations_max_users_check CHECK (max_users >= 0),
  CONSTRAINT organizations_max_agents_check CHECK (max_agents >= 0),
  CONSTRAINT organizations_max_messages_check CHECK (max_messages >= 0),
  CONSTRAINT organizations_max_storage_check CHECK (max_storage >= 0)
);

CREATE TABLE IF NOT EXISTS users (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  email varchar(255) NOT NULL,
  first_name varchar(255),
  last_name varchar(255),
  organization_role varchar(50) NOT NULL DEFAULT 'member',
  is_active boolean NOT NULL DEFAULT true,
  last_active_at timestamptz,
  avatar_url text,
  job_title varchar(255),
  preferences jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT users_organization_id_id_key UNIQUE (organization_id, id),
  CONSTRAINT users_email_check CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  CONSTRAINT users_organization_role_check CHECK (organization_role IN ('owner', 'admin', 'member', 'viewer')),
  CONSTRAINT users_preferences_check CHECK (jsonb_typeof(preferences) = 'object')
);

CREATE TABLE IF NOT EXISTS agents (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id uuid,
  name varchar(255) NOT NULL,
  description text,
  model varchar(255),
  settings jsonb NOT NULL DEFAULT '{}',
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT agents_organization_id_id_key UNIQUE (organization_id, id),
  CONSTRAINT agents_user_id_fkey FOREIGN KEY (organization_id, user_id)
    REFERENCES users (organization_id, id) ON DELETE SET NULL (user_id),
  CONSTRAINT agents_name_check CHECK (name <> ''),
  CONSTRAINT agents_settings_check CHECK (jsonb_typeof(settings) = 'object')
);

-- user_id is a member who talks to an agent, end_user_id the product's own key of anybody else who does.
CREATE TABLE IF NOT EXISTS conversations (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  agent_id uuid,
  user_id uuid,
  end_user_id text COLLATE "C",
  title varchar(255),
  status varchar(50) NOT NULL DEFAULT 'active',
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT conversations_organization_id_id_key UNIQUE (organization_id, id),
  CONSTRAINT conversations_agent_id_fkey FOREIGN KEY (organization_id, agent_id)
    REFERENCES agents (organization_id, id) ON DELETE SET NULL (agent_id),
  CONSTRAINT conversations_user_id_fkey FOREIGN KEY (organization_id, user_id)
    REFERENCES users (organization_id, id) ON DELETE SET NULL (user_id),
  CONSTRAINT conversations_end_user_id_check CHECK (octet_length(end_user_id) BETWEEN 1 AND 255),
  CONSTRAINT conversations_status_check CHECK (status IN ('active', 'closed', 'archived')),
  CONSTRAINT conversations_ended_at_check CHECK (ended_at >= started_at)
);

CREATE TABLE IF NOT EXISTS messages (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  conversation_id uuid NOT NULL,
  role varchar(50) NOT NULL,
  content text NOT NULL,
  tokens integer,
  response_time_ms integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT messages_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id)
    REFERENCES conversations (organization_id, id) ON DELETE CASCADE,
  CONSTRAINT messages_role_check CHECK (role IN ('user', 'assistant', 'system', 'tool')),
  CONSTRAINT messages_tokens_check CHECK (tokens >= 0),
  CONSTRAINT messages_response_time_ms_check CHECK (response_time_ms >= 0)
);

CREATE TABLE IF NOT EXISTS workflows (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id uuid,
  name varchar(255) NOT NULL,
  description text,
  definition jsonb NOT NULL DEFAULT '{}',
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT workflows_organization_id_id_key UNIQUE (organization_id, id),
  CONSTRAINT workflows_user_id_fkey FOREIGN KEY (organization_id, user_id)
    REFERENCES users (organization_id, id) ON DELETE SET NULL (user_id),
  CONSTRAINT workflows_name_check CHECK (name <> '')
);

CREATE TABLE IF NOT EXISTS workflow_executions (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  workflow_id uuid NOT NULL,
  status varchar(50) NOT NULL DEFAULT 'pending',
  input jsonb,
  output jsonb,
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT workflow_executions_status_check
    CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
  CONSTRAINT workflow_executions_finished_at_check CHECK (finished_at >= started_at)
);

-- What follows is for the tables made above: one that a host brought has another owner and is left to the adoption.
DO $$
DECLARE
  tenant constant text := 'nullif(current_setting(''app.organization_id'', true), '''')::uuid';
  rights constant jsonb := '{
    "organizations":       {"tenant": "SELECT, UPDATE (name, time_zone)", "admin": "SELECT, INSERT, UPDATE, DELETE", "jobs": "SELECT, UPDATE"},
    "users":               {"tenant": "SELECT, INSERT, UPDATE, DELETE", "admin": "SELECT, INSERT, UPDATE, DELETE", "jobs": "SELECT, UPDATE"},
    "agents":              {"tenant": "SELECT, INSERT, UPDATE, DELETE", "admin": "SELECT", "jobs": "SELECT"},
    "conversations":       {"tenant": "SELECT, INSERT, UPDATE, DELETE", "admin": "SELECT", "jobs": "SELECT"},
    "messages":            {"tenant": "SELECT, INSERT, UPDATE, DELETE", "admin": "SELECT", "jobs": "SELECT"},
    "workflows":           {"tenant": "SELECT, INSERT, UPDATE, DELETE", "admin": "SELECT", "jobs": "SELECT"},
    "workflow_executions": {"tenant": "SELECT, INSERT, UPDATE, DELETE", "admin": "SELECT", "jobs": "SELECT"}
  }';
  ours text;
BEGIN
  FOR ours IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname IN (SELECT jsonb_object_keys(rights))
      AND relowner = 'tenantry_owner'::regrole
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', ours);
    EXECUTE format('CREATE POLICY tenantry_owner ON %I TO tenantry_owner USING (true) WITH CHECK (true)', ours);
    EXECUTE format('CREATE POLICY tenantry_tenant ON %1$I TO tenantry_tenant USING (%2$I = %3$s) WITH CHECK (%2$I = %3$s)',
      ours, CASE ours WHEN 'organizations' THEN 'id' ELSE 'organization_id' END, tenant);
    EXECUTE format('CREATE POLICY tenantry_admin ON %I TO tenantry_admin USING (true) WITH CHECK (true)', ours);
    EXECUTE format('CREATE POLICY tenantry_jobs ON %I TO tenantry_jobs USING (true) WITH CHECK (true)', ours);
    EXECUTE format('CREATE POLICY tenantry_backup ON %I FOR SELECT TO tenantry_backup USING (true)', ours);
    EXECUTE format('GRANT %s ON %I TO tenantry_tenant', rights -> ours ->> 'tenant', ours);
    EXECUTE format('GRANT %s ON %I TO tenantry_admin', rights -> ours ->> 'admin', ours);
    EXECUTE format('GRANT %s ON %I TO tenantry_jobs', rights -> ours ->> 'jobs', ours);
    EXECUTE format('GRANT SELECT ON %I TO tenantry_backup', ours);
    IF ours IN ('organizations', 'users', 'agents', 'conversations', 'workflows') THEN
      EXECUTE format('CREATE TRIGGER update_%1$s_updated_at BEFORE UPDATE ON %1$I
        FOR EACH ROW EXECUTE FUNCTION update_updated_at_column()', ours);
    END IF;
    -- Keys and indexes that later statements of a host's own table do not promise.
    IF ours = 'users' THEN
      CREATE UNIQUE INDEX users_lower_email_key ON users (lower(email));
    ELSIF ours = 'messages' THEN
      CREATE INDEX messages_conversation_id_idx ON messages (organization_id, conversation_id, created_at);
    ELSIF ours = 'conversations' THEN
      CREATE INDEX conversations_agent_id_idx ON conversations (organization_id, agent_id);
      CREATE INDEX conversations_user_id_idx ON conversations (organization_id, user_id);
    ELSIF ours = 'agents' THEN
      CREATE INDEX agents_user_id_idx ON agents (organization_id, user_id);
    ELSIF ours = 'workflows' THEN
      CREATE INDEX workflows_user_id_idx ON workflows (organization_id, user_id);
    ELSIF ours = 'workflow_executions' THEN
      CREATE INDEX workflow_executions_workflow_id_idx ON workflow_executions (organization_id, workflow_id, created_at);
    END IF;
  END LOOP;

  -- A host's workflows may have another shape: executions refer to them only where both tables are these.
  IF (SELECT count(*) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relname IN ('workflows', 'workflow_executions')
        AND relowner = 'tenantry_owner'::regrole) = 2 THEN
    ALTER TABLE workflow_executions ADD CONSTRAINT workflow_executions_workflow_id_fkey
      FOREIGN KEY (organization_id, workflow_id) REFERENCES workflows (organization_id, id) ON DELETE CASCADE;
  END IF;
END
$$;
