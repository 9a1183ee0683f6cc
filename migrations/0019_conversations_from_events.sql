-- after-adoption
-- What ingestion keeps beside the events: the conversations that they begin, the members who have left (an event may
-- come later than its member goes), and how far a long import is. Ingestion reads no more of a tenant than ids.

-- user_key is sha256 of 'm:' || user id, as in daily_active_users: whoever has left is known again, and named nowhere.
CREATE TABLE former_members (
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_key bytea NOT NULL CHECK (octet_length(user_key) = 32),
  left_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, user_key)
);

-- How far an import or a backfill of an organization is, while it is not done; `source` says of what.
CREATE TABLE ingest_progress (
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  source text NOT NULL CHECK (octet_length(source) BETWEEN 1 AND 255),
  position jsonb NOT NULL,
  reached_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, source)
);

ALTER TABLE former_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE ingest_progress ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

DO $$
DECLARE
  own CONSTANT text := 'organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid';
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['former_members', 'ingest_progress'] LOOP
    EXECUTE format('CREATE POLICY tenantry_owner ON %I TO tenantry_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY tenantry_tenant ON %I TO tenantry_tenant USING (%s) WITH CHECK (%s)', t, own, own);
    EXECUTE format('CREATE POLICY tenantry_backup ON %I FOR SELECT TO tenantry_backup USING (true)', t);
    EXECUTE format('GRANT SELECT ON %I TO tenantry_tenant, tenantry_backup', t);
  END LOOP;
END $$;
GRANT INSERT, UPDATE, DELETE ON ingest_progress TO tenantry_tenant;

-- A member who goes with the whole organization is remembered by nobody.
CREATE FUNCTION remember_former_member() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  BEGIN
    INSERT INTO public.former_members (organization_id, user_key)
    SELECT id, sha256(convert_to('m:' || OLD.id, 'UTF8')) FROM public.organizations WHERE id = OLD.organization_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
  END
  $$;
REVOKE ALL ON FUNCTION remember_former_member() FROM PUBLIC;
CREATE TRIGGER remember_former_member AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION remember_former_member();

-- Conversations are begun by ingestion where the table is ours; a host's own is never written. On a host's users and
-- agents the adoption makes the policies.
GRANT SELECT (organization_id, id) ON users, agents TO tenantry_ingest;
DO $$
DECLARE
  ours text;
BEGIN
  FOR ours IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname IN ('users', 'agents', 'conversations')
      AND relowner = 'tenantry_owner'::regrole
  LOOP
    IF ours = 'conversations' THEN
      CREATE POLICY tenantry_ingest ON conversations FOR INSERT TO tenantry_ingest WITH CHECK (true);
      GRANT INSERT (id, organization_id, agent_id, user_id, end_user_id, started_at, created_at)
        ON conversations TO tenantry_ingest;
    ELSE
      EXECUTE format('CREATE POLICY tenantry_ingest ON %I FOR SELECT TO tenantry_ingest USING (true)', ours);
    END IF;
  END LOOP;
END $$;

-- What of these organizations is sealed, and a promise that it stays so until the caller's transaction ends: whoever seals
-- takes the same lock alone. VOLATILE, so that the seals are read after the lock is there and not as of the call.
CREATE FUNCTION hold_seals(organization_ids uuid[]) RETURNS TABLE (organization_id uuid, sealed_until timestamptz)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('analytics.seal:' || given.id, 0))
      FROM (SELECT DISTINCT id FROM unnest(organization_ids) AS id ORDER BY id) AS given;
    IF to_regclass('public.analytics_seals') IS NULL THEN RETURN; END IF; -- a later migration makes it
    RETURN QUERY SELECT seal.organization_id, seal.sealed_until FROM public.analytics_seals AS seal
      WHERE seal.organization_id = ANY (organization_ids);
  END
  $$;
REVOKE ALL ON FUNCTION hold_seals(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_seals(uuid[]) TO tenantry_ingest;

INSERT INTO queue_tasks (task, open_to_tenants) VALUES ('maintenance.refresh-organization-metrics', false);
