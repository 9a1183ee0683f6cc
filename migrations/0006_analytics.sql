-- Analytics: what agents and members did (events), and the daily figures that are recomputed from it.
-- Events are the truth and metrics are derived: a day is recomputed from raw whenever a marker says that it changed.
--
-- Who may do what: tenantry_ingest writes events and markers of any organization and reads their keys only;
-- tenantry_jobs reads markers of every organization, but events and metrics of one at a time (app.organization_id);
-- tenantry_tenant reads its own organization.

-- Identity is (organization, instant, id): all three come from the sender, so a retry is a no-op.
-- No key to users or agents: deleting one must not rewrite the figures of the past.
CREATE TABLE analytics_events (
  id uuid NOT NULL DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  event_type varchar(100) NOT NULL
    CONSTRAINT analytics_events_event_type_shape CHECK (event_type ~ '^[^\s\u0001-\u001f\u007f]([^\u0001-\u001f\u007f]*[^\s\u0001-\u001f\u007f])?$'),
  resource_type varchar(100),
  resource_id uuid,
  properties jsonb NOT NULL DEFAULT '{}'
    CONSTRAINT analytics_events_properties_object CHECK (jsonb_typeof(properties) = 'object'),
  user_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  agent_id uuid,
  conversation_id uuid,
  -- The product's own key for the person who talks to an agent; "C" compares bytes, as the sender meant it.
  end_user_id text COLLATE "C"
    CONSTRAINT analytics_events_end_user_id_length CHECK (octet_length(end_user_id) BETWEEN 1 AND 255),
  received_at timestamptz NOT NULL DEFAULT now(),
  clock_skewed boolean NOT NULL DEFAULT false,
  -- The specification's index on (organization_id, created_at) is this key, under its name.
  CONSTRAINT idx_analytics_events_org_created PRIMARY KEY (organization_id, created_at, id)
) PARTITION BY RANGE (created_at);

-- One row for each quarter of an hour (UTC) of an organization that a transaction changed. Append-only: skipping
-- a marker that seems to be there already would lose the event whose marker a roll-up is just consuming.
CREATE TABLE rollup_dirty (
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  bucket timestamptz NOT NULL,
  marked_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX idx_rollup_dirty_org_bucket ON rollup_dirty (organization_id, bucket);

-- Sums and counts are stored and averages follow from them, so that ranges merge exactly and cannot drift.
CREATE TABLE daily_metrics (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  date date NOT NULL,
  total_messages integer NOT NULL DEFAULT 0 CHECK (total_messages >= 0),
  total_conversations integer NOT NULL DEFAULT 0 CHECK (total_conversations >= 0),
  total_tokens bigint NOT NULL DEFAULT 0 CHECK (total_tokens >= 0),
  unique_users integer NOT NULL DEFAULT 0 CHECK (unique_users >= 0),
  avg_response_time numeric(10, 2) GENERATED ALWAYS AS (
    CASE WHEN response_time_count > 0 THEN round(response_time_sum_ms / response_time_count, 2) END
  ) STORED,
  agent_count integer NOT NULL DEFAULT 0 CHECK (agent_count >= 0),
  workflow_executions integer NOT NULL DEFAULT 0 CHECK (workflow_executions >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  response_time_sum_ms numeric NOT NULL DEFAULT 0,
  response_time_count bigint NOT NULL DEFAULT 0 CHECK (response_time_count >= 0),
  rating_sum numeric NOT NULL DEFAULT 0,
  rating_count bigint NOT NULL DEFAULT 0 CHECK (rating_count >= 0),
  computed_at timestamptz NOT NULL DEFAULT now(),
  -- The specification's index on organization_id is this key, under its name.
  CONSTRAINT idx_daily_metrics_organization_id UNIQUE (organization_id, date),
  -- A sum of nothing is 0 (and a finite number), a rating is 1 to 5.
  CONSTRAINT daily_metrics_response_time_check CHECK (response_time_sum_ms >= 0
    AND response_time_sum_ms < 'Infinity' AND (response_time_count > 0 OR response_time_sum_ms = 0)),
  CONSTRAINT daily_metrics_rating_check CHECK (rating_sum BETWEEN rating_count AND 5 * rating_count)
);

CREATE INDEX idx_daily_metrics_date ON daily_metrics (date);

CREATE TABLE agent_metrics (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  agent_id uuid NOT NULL,
  date date NOT NULL,
  conversation_count integer NOT NULL DEFAULT 0 CHECK (conversation_count >= 0),
  message_count integer NOT NULL DEFAULT 0 CHECK (message_count >= 0),
  avg_response_time numeric(10, 2) GENERATED ALWAYS AS (
    CASE WHEN response_time_count > 0 THEN round(response_time_sum_ms / response_time_count, 2) END
  ) STORED,
  total_tokens bigint NOT NULL DEFAULT 0 CHECK (total_tokens >= 0),
  error_count integer NOT NULL DEFAULT 0 CHECK (error_count >= 0),
  satisfaction_score numeric(3, 2) GENERATED ALWAYS AS (
    CASE WHEN rating_count > 0 THEN round(rating_sum / rating_count, 2) END
  ) STORED,
  created_at timestamptz NOT NULL DEFAULT now(),
  response_time_sum_ms numeric NOT NULL DEFAULT 0,
  response_time_count bigint NOT NULL DEFAULT 0 CHECK (response_time_count >= 0),
  rating_sum numeric NOT NULL DEFAULT 0,
  rating_count bigint NOT NULL DEFAULT 0 CHECK (rating_count >= 0),
  computed_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, agent_id) REFERENCES agents (organization_id, id) ON DELETE CASCADE,
  -- The specification's index on agent_id is this key, under its name.
  CONSTRAINT idx_agent_metrics_agent_id UNIQUE (agent_id, date),
  -- A sum of nothing is 0 (and a finite number), a rating is 1 to 5.
  CONSTRAINT agent_metrics_response_time_check CHECK (response_time_sum_ms >= 0
    AND response_time_sum_ms < 'Infinity' AND (response_time_count > 0 OR response_time_sum_ms = 0)),
  CONSTRAINT agent_metrics_rating_check CHECK (rating_sum BETWEEN rating_count AND 5 * rating_count)
);

CREATE INDEX idx_agent_metrics_date ON agent_metrics (date);
-- Deleting an organization looks for its rows here.
CREATE INDEX idx_agent_metrics_organization_id ON agent_metrics (organization_id, date);

-- Who was active on which day, exactly: a range's distinct people cannot be summed from its days.
-- user_key is sha256 of 'm:' || member id or 'e:' || end user id, without a key to users: erasing one keeps the past.
CREATE TABLE daily_active_users (
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  date date NOT NULL,
  user_key bytea NOT NULL CHECK (octet_length(user_key) = 32),
  PRIMARY KEY (organization_id, date, user_key)
);

ALTER TABLE analytics_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE rollup_dirty ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE daily_metrics ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_metrics ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE daily_active_users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

DO $$
DECLARE
  own CONSTANT text := 'organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid';
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['analytics_events', 'rollup_dirty', 'daily_metrics', 'agent_metrics', 'daily_active_users'] LOOP
    EXECUTE format('CREATE POLICY tenantry_tenant ON %I TO tenantry_tenant USING (%s) WITH CHECK (%s)', t, own, own);
    EXECUTE format('CREATE POLICY tenantry_owner ON %I TO tenantry_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY tenantry_admin ON %I FOR SELECT TO tenantry_admin USING (true)', t);
    EXECUTE format('CREATE POLICY tenantry_backup ON %I FOR SELECT TO tenantry_backup USING (true)', t);
    EXECUTE format('GRANT SELECT ON %I TO tenantry_admin, tenantry_backup', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['analytics_events', 'daily_metrics', 'agent_metrics', 'daily_active_users'] LOOP
    EXECUTE format('CREATE POLICY tenantry_jobs ON %I TO tenantry_jobs USING (%s) WITH CHECK (%s)', t, own, own);
    EXECUTE format('GRANT SELECT ON %I TO tenantry_tenant', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['analytics_events', 'rollup_dirty'] LOOP
    EXECUTE format('CREATE POLICY tenantry_ingest_write ON %I FOR INSERT TO tenantry_ingest WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY tenantry_ingest_read ON %I FOR SELECT TO tenantry_ingest USING (true)', t);
    EXECUTE format('GRANT INSERT ON %I TO tenantry_ingest', t);
  END LOOP;
END $$;

GRANT SELECT (organization_id, created_at, id) ON analytics_events TO tenantry_ingest;
GRANT SELECT (organization_id, bucket) ON rollup_dirty TO tenantry_ingest;

CREATE POLICY tenantry_jobs ON rollup_dirty TO tenantry_jobs USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON rollup_dirty TO tenantry_jobs;
GRANT SELECT ON analytics_events TO tenantry_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON daily_metrics, agent_metrics, daily_active_users TO tenantry_jobs;

-- Makes the partition of the month (UTC) that holds an instant, once, however many ask at the same time; true when
-- this call made it. A table is built apart and attached: CREATE TABLE … PARTITION OF would stop every insert.
CREATE FUNCTION ensure_event_partition(instant timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  first_day CONSTANT timestamp := date_trunc('month', instant AT TIME ZONE 'UTC');
  name CONSTANT text := 'analytics_events_' || to_char(first_day, 'YYYY_MM');
BEGIN
  IF instant IS NULL OR instant < '2000-01-01 00:00:00+00' OR instant > now() + interval '6 months' THEN
    RAISE EXCEPTION 'no partition is made for %: events are kept from 2000-01-01 to six months ahead', instant
      USING ERRCODE = 'datetime_field_overflow';
  END IF;
  IF event_partition_is_attached(name) THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('ensure_event_partition', 0));
  IF event_partition_is_attached(name) THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE public.%I (LIKE public.analytics_events INCLUDING ALL)', name);
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE public.analytics_events ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
    name, to_char(first_day, 'YYYY-MM-DD "00:00:00+00"'), to_char(first_day + interval '1 month', 'YYYY-MM-DD "00:00:00+00"'));
  RETURN true;
END $$;

-- A table of that name which is detached (being archived) makes CREATE TABLE above fail, and loudly.
CREATE FUNCTION event_partition_is_attached(name text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.analytics_events'::regclass AND c.relname = name AND NOT i.inhdetachpending)
$$;

REVOKE EXECUTE ON FUNCTION ensure_event_partition(timestamptz), event_partition_is_attached(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_event_partition(timestamptz) TO tenantry_ingest, tenantry_jobs;

-- The two months that the specification names, the present one and three ahead.
SELECT ensure_event_partition('2024-01-01 00:00:00+00');
SELECT ensure_event_partition('2024-02-01 00:00:00+00');
SELECT ensure_event_partition(date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + make_interval(months => n))
FROM generate_series(0, 3) AS n;
