-- Organizations: their API keys, their activity log with its archive, and the limits of their plan.

CREATE TABLE api_keys (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  name varchar(255) NOT NULL CHECK (btrim(name) <> ''),
  -- The first characters of the key, so that people recognise it in a list; far too few to guess the rest.
  key_prefix varchar(12) NOT NULL,
  key_hash varchar(64) NOT NULL UNIQUE CHECK (is_sha256(key_hash)),
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['events:write', 'metrics:read', 'agents:write']),
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  -- A key outlives the member who made it: services run on it.
  FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (created_by)
);
CREATE INDEX idx_api_keys_organization_id ON api_keys (organization_id);
CREATE INDEX idx_api_keys_created_by ON api_keys (created_by);
SELECT protect_table('api_keys', 'organization_id');
-- What a key opens is settled when it is made; for more there is another key.
GRANT SELECT, INSERT, UPDATE (name, last_used_at, revoked_at) ON api_keys TO tenantry_tenant, tenantry_admin;
GRANT SELECT, UPDATE (last_used_at) ON api_keys TO tenantry_jobs;

-- A key that somebody had to revoke is in other hands: it never opens anything again, whoever asks.
CREATE FUNCTION refuse_unrevoking() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
  BEGIN
    RAISE EXCEPTION 'a revoked API key stays revoked' USING ERRCODE = 'TN004', HINT = 'Make a new key.';
  END
  $$;
CREATE TRIGGER refuse_unrevoking BEFORE UPDATE OF revoked_at ON api_keys
  FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
  EXECUTE FUNCTION refuse_unrevoking();

-- What happened in an organization and who did it. A log is never erased with what it tells about: a deleted user
-- leaves actor_name behind, an organization with logs cannot be deleted before they are in the archive.
CREATE TABLE activity_logs (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  user_id uuid,
  actor_name varchar(255) NOT NULL CHECK (actor_name ~ '\S'),
  action_type varchar(100) NOT NULL CHECK (is_type_name(action_type)),
  resource_type varchar(100) CHECK (is_type_name(resource_type)),
  resource_id varchar(255),
  resource_name varchar(255),
  metadata jsonb,
  ip_address inet,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Kept for ever; the archive job leaves it where it is.
  is_critical boolean NOT NULL DEFAULT false,
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE SET NULL (user_id)
);
CREATE INDEX idx_activity_logs_organization_id ON activity_logs (organization_id, created_at DESC, id DESC);
CREATE INDEX idx_activity_logs_user_id ON activity_logs (user_id);
CREATE INDEX idx_activity_logs_action_type ON activity_logs (action_type);
CREATE INDEX idx_activity_logs_created_at ON activity_logs (created_at);
CREATE INDEX idx_activity_logs_resource ON activity_logs (resource_type, resource_id);
SELECT protect_table('activity_logs', 'organization_id');
GRANT SELECT, INSERT ON activity_logs TO tenantry_tenant, tenantry_admin;
GRANT SELECT, INSERT, DELETE ON activity_logs TO tenantry_jobs;

-- Where logs go after a year. No keys to organizations or users, on purpose: the archive outlives both.
CREATE TABLE activity_logs_archive (LIKE activity_logs INCLUDING ALL);
SELECT protect_table('activity_logs_archive', 'organization_id');
GRANT SELECT ON activity_logs_archive TO tenantry_tenant, tenantry_admin;
GRANT SELECT, INSERT ON activity_logs_archive TO tenantry_jobs;

-- Refuses every change of a log, from any role, the owner and a superuser included. Two things pass: the key's own
-- ON DELETE SET NULL when a user goes (it runs inside another trigger and empties user_id alone), and the archive
-- job's DELETE from activity_logs, of what is older than a year and not critical.
CREATE FUNCTION refuse_log_change() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
  BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'activity_logs' AND current_user = 'tenantry_jobs' THEN
      IF NOT OLD.is_critical AND OLD.created_at < now() - interval '1 year' THEN
        RETURN OLD;
      END IF;
      RAISE EXCEPTION 'activity_logs keeps this entry: it is critical or younger than a year'
        USING ERRCODE = 'TN003', HINT = 'Move to the archive what is neither.';
    END IF;
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
       AND to_jsonb(NEW) = to_jsonb(OLD) || jsonb_build_object('user_id', NULL) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'TN003', HINT = 'Write a further entry that corrects this one.';
  END
  $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON activity_logs
  FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON activity_logs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();

-- What leaves the log is in the archive, by the same statement (WITH … DELETE … RETURNING) or by one before it.
CREATE FUNCTION refuse_unarchived_delete() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
  BEGIN
    IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (
                 SELECT FROM public.activity_logs_archive AS kept WHERE kept.id = gone.id)) THEN
      RAISE EXCEPTION 'activity_logs loses nothing: an entry that is not in activity_logs_archive stays'
        USING ERRCODE = 'TN003', HINT = 'Insert into the archive what the same statement deletes.';
    END IF;
    RETURN NULL;
  END
  $$;
CREATE TRIGGER refuse_unarchived_delete AFTER DELETE ON activity_logs
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION refuse_unarchived_delete();

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON activity_logs_archive
  FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON activity_logs_archive
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();

-- Holds organizations.max_agents (NULL: unlimited) for active agents, whatever arrives at once: the organization's row
-- is locked first, so the second of two activations counts the first. NO KEY UPDATE, because rows that merely refer to
-- the organization must not wait. The row itself is left out of the count, so that an upsert of it passes at the limit.
-- A transaction that keeps an older view of the data would count too few, and is refused.
CREATE FUNCTION enforce_agent_limit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE
    allowed integer;
  BEGIN
    IF NEW.is_active IS NOT TRUE
       OR (TG_OP = 'UPDATE' AND OLD.is_active AND OLD.organization_id = NEW.organization_id) THEN
      RETURN NEW;
    END IF;
    SELECT max_agents INTO allowed FROM public.organizations WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    IF allowed IS NOT NULL AND current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'limits are counted in READ COMMITTED only' USING ERRCODE = 'feature_not_supported';
    END IF;
    IF allowed <= (SELECT count(*) FROM public.agents
                   WHERE organization_id = NEW.organization_id AND is_active AND id <> NEW.id) THEN
      RAISE EXCEPTION 'this organization may have % active agents and has them', allowed
        USING ERRCODE = 'TN002', HINT = 'Deactivate another agent, or move to a plan with more.';
    END IF;
    RETURN NEW;
  END
  $$;

-- Holds organizations.max_users (NULL: unlimited), in the same way.
CREATE FUNCTION enforce_user_limit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE
    allowed integer;
  BEGIN
    IF TG_OP = 'UPDATE' AND OLD.organization_id = NEW.organization_id THEN
      RETURN NEW;
    END IF;
    SELECT max_users INTO allowed FROM public.organizations WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    IF allowed IS NOT NULL AND current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'limits are counted in READ COMMITTED only' USING ERRCODE = 'feature_not_supported';
    END IF;
    IF allowed <= (SELECT count(*) FROM public.users
                   WHERE organization_id = NEW.organization_id AND id <> NEW.id) THEN
      RAISE EXCEPTION 'this organization may have % users and has them', allowed
        USING ERRCODE = 'TN001', HINT = 'Remove another user, or move to a plan with more.';
    END IF;
    RETURN NEW;
  END
  $$;
REVOKE ALL ON FUNCTION enforce_agent_limit(), enforce_user_limit() FROM PUBLIC;
