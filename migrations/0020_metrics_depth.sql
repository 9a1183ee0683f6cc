-- Metrics to full depth: figures in markers, so that a day costs the same per event however full it is; response times
-- as histograms; distinct users of any range; days in the organization's time zone; days that are sealed for ever.

-- Days -----------------------------------------------------------------------------------------------------------

-- When a day begins. Midnight that the clock passes twice (Havana, the Azores) is the first one, as on the wall; midnight
-- that it leaps over is the instant of the leap. Always a quarter of an hour (UTC), as offsets have been since 1972.
CREATE FUNCTION day_begins(day date, zone text) RETURNS timestamptz
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (day::timestamp AT TIME ZONE zone) - greatest(interval '0', interval '15 minutes'
    + ((((day::timestamp AT TIME ZONE zone) - interval '15 minutes') AT TIME ZONE zone) - day::timestamp));

-- The day that an instant lies in: the one whose bounds enclose it.
CREATE FUNCTION day_of(instant timestamptz, zone text) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (instant AT TIME ZONE zone)::date
    - (instant < day_begins((instant AT TIME ZONE zone)::date, zone))::integer;

-- A zone that days can be counted in: a host may have written anything where ours belongs, and then UTC is meant.
CREATE FUNCTION usable_time_zone(zone text) RETURNS text
  LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  AS $$
  BEGIN
    PERFORM now() AT TIME ZONE zone;
    RETURN coalesce(zone, 'UTC');
  EXCEPTION WHEN invalid_parameter_value THEN
    RETURN 'UTC';
  END $$;

-- Up to where an organization's events are archived. Its days up to sealed_through never change again, whatever their
-- bounds were; the first day after them begins at sealed_until in every zone, so that no event falls between.
CREATE TABLE analytics_seals (
  organization_id uuid PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
  sealed_through date NOT NULL,
  sealed_until timestamptz NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT now()
);
SELECT protect_table('analytics_seals', 'organization_id');
CREATE POLICY tenantry_ingest ON analytics_seals FOR SELECT TO tenantry_ingest USING (true);
GRANT SELECT ON analytics_seals TO tenantry_tenant, tenantry_admin, tenantry_ingest;
GRANT SELECT, INSERT, UPDATE ON analytics_seals TO tenantry_jobs;

-- The zone in which an organization's figures were made. Where organizations.time_zone is another, they are behind.
CREATE TABLE rollup_zones (
  organization_id uuid PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
  time_zone text NOT NULL
);
SELECT protect_table('rollup_zones', 'organization_id');
GRANT SELECT ON rollup_zones TO tenantry_tenant, tenantry_admin;
GRANT SELECT, INSERT, UPDATE ON rollup_zones TO tenantry_jobs;
INSERT INTO rollup_zones SELECT DISTINCT organization_id, 'UTC' FROM daily_metrics;

-- The bounds of an organization's day, in the zone of its figures and behind its seal; of a sealed day there are none.
-- Its markers begin with its events; those that a seal has made void go with the first day behind it. In plpgsql, which
-- does not bind the function to a column that a host's organizations have yet to get.
CREATE FUNCTION metrics_day(organization uuid, day date,
  OUT begins timestamptz, OUT ends timestamptz, OUT markers_begin timestamptz)
  LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  AS $$
  BEGIN
    SELECT CASE WHEN day = seal.sealed_through + 1 THEN seal.sealed_until ELSE day_begins(day, zone.name) END,
      day_begins(day + 1, zone.name),
      CASE WHEN day = seal.sealed_through + 1 THEN '-infinity' ELSE day_begins(day, zone.name) END
    INTO begins, ends, markers_begin
    FROM organizations
      LEFT JOIN rollup_zones ON rollup_zones.organization_id = organizations.id
      LEFT JOIN analytics_seals AS seal ON seal.organization_id = organizations.id
      CROSS JOIN LATERAL (SELECT coalesce(rollup_zones.time_zone, usable_time_zone(organizations.time_zone)) AS name) AS zone
    WHERE organizations.id = organization AND (seal.sealed_through IS NULL OR day > seal.sealed_through);
  END $$;

-- Response times -------------------------------------------------------------------------------------------------

-- The bucket of a response time: 0 below one millisecond, then buckets that are at most 10 % wide, up to a day. Their
-- bounds are whole hundredths of a millisecond, each 11/10 of the one before rounded down, so that every machine agrees.
-- response-times.ts has the same bounds.
DO $$
DECLARE
  bound bigint := 100;
  bounds bigint[] := '{}';
BEGIN
  WHILE bound <= 8640000000 LOOP
    bounds := bounds || bound;
    bound := bound * 11 / 10;
  END LOOP;
  EXECUTE format('CREATE FUNCTION response_time_bucket(ms numeric) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN width_bucket(floor(ms * 100)::bigint, %L::bigint[])::smallint', bounds);
END $$;

-- How many are in each bucket from 0 on: {3,0,1} says three in bucket 0 and one in bucket 2.
CREATE FUNCTION histogram_of(buckets smallint[]) RETURNS integer[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  BEGIN ATOMIC
    WITH counted AS (SELECT bucket, count(*)::integer AS times FROM unnest(buckets) AS bucket GROUP BY bucket)
    SELECT coalesce(array_agg(coalesce(counted.times, 0) ORDER BY every.bucket), '{}')
    FROM generate_series(0, (SELECT max(bucket) FROM counted)) AS every(bucket)
      LEFT JOIN counted ON counted.bucket = every.bucket;
  END;

CREATE FUNCTION add_arrays(one integer[], other integer[]) RETURNS integer[]
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
  AS $$
  BEGIN
    IF cardinality(other) > cardinality(one) THEN
      one := one || array_fill(0, ARRAY[cardinality(other) - cardinality(one)]);
    END IF;
    FOR n IN 1 .. cardinality(other) LOOP
      IF other[n] <> 0 THEN one[n] := one[n] + other[n]; END IF;
    END LOOP;
    RETURN one;
  END $$;

CREATE AGGREGATE sum_arrays(integer[]) (
  sfunc = add_arrays, stype = integer[], initcond = '{}', combinefunc = add_arrays, parallel = safe
);

ALTER TABLE daily_metrics ADD COLUMN response_time_histogram integer[] NOT NULL DEFAULT '{}';
ALTER TABLE agent_metrics ADD COLUMN response_time_histogram integer[] NOT NULL DEFAULT '{}';

-- Who and what was active ----------------------------------------------------------------------------------------

-- Which agents had an event on which day; also those that no longer exist, so that deleting one keeps the past.
CREATE TABLE daily_active_agents (
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  date date NOT NULL,
  agent_id uuid NOT NULL,
  PRIMARY KEY (organization_id, date, agent_id)
);

-- How many people were active on a day and, before it, last on previous_date; '-infinity': never before. The people of
-- a range are those whose previous day lies before it: sum(users) WHERE date BETWEEN from AND to AND previous_date < from.
CREATE TABLE active_user_returns (
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  date date NOT NULL,
  previous_date date NOT NULL CHECK (previous_date < date),
  users integer NOT NULL,
  PRIMARY KEY (organization_id, date, previous_date)
);

DO $$
DECLARE
  own CONSTANT text := 'organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid';
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['daily_active_agents', 'active_user_returns'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenantry_tenant ON %I TO tenantry_tenant USING (%s) WITH CHECK (%s)', t, own, own);
    EXECUTE format('CREATE POLICY tenantry_jobs ON %I TO tenantry_jobs USING (%s) WITH CHECK (%s)', t, own, own);
    EXECUTE format('CREATE POLICY tenantry_owner ON %I TO tenantry_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY tenantry_admin ON %I FOR SELECT TO tenantry_admin USING (true)', t);
    EXECUTE format('CREATE POLICY tenantry_backup ON %I FOR SELECT TO tenantry_backup USING (true)', t);
    EXECUTE format('GRANT SELECT ON %I TO tenantry_tenant, tenantry_admin, tenantry_backup', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tenantry_jobs', t);
  END LOOP;
END $$;

-- Only roll-ups write here, and they wait; what reads and what brings events does not.
LOCK TABLE daily_active_users IN SHARE ROW EXCLUSIVE MODE;
-- Finds the days before and after that a person was active.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX idx_daily_active_users_user ON daily_active_users (organization_id, user_key, date);
INSERT INTO active_user_returns (organization_id, date, previous_date, users)
SELECT organization_id, date, previous_date, count(*)
FROM (
  SELECT organization_id, date,
    coalesce(lag(date) OVER (PARTITION BY organization_id, user_key ORDER BY date), '-infinity') AS previous_date
  FROM daily_active_users
) AS activity
GROUP BY organization_id, date, previous_date;

-- Markers --------------------------------------------------------------------------------------------------------

-- A marker of new events carries their figures, one for each agent (NULL: of none), to be added to the day. One without
-- figures (messages IS NULL) asks for the day to be recomputed: something was deleted, imported or is in doubt.
ALTER TABLE rollup_dirty
  ADD COLUMN agent_id uuid,
  ADD COLUMN messages integer,
  ADD COLUMN conversations integer,
  ADD COLUMN workflow_executions integer,
  ADD COLUMN errors integer,
  ADD COLUMN tokens bigint,
  ADD COLUMN response_time_sum_ms numeric,
  -- The bucket of each.
  -- squawk-ignore prefer-bigint-over-smallint
  ADD COLUMN response_times smallint[],
  ADD COLUMN rating_sum numeric,
  ADD COLUMN rating_count integer,
  -- As in daily_active_users.
  ADD COLUMN user_keys bytea[];
ALTER TABLE rollup_dirty ADD CONSTRAINT rollup_dirty_figures_check CHECK (num_nulls(messages, conversations,
  workflow_executions, errors, tokens, response_time_sum_ms, response_times, rating_sum, rating_count, user_keys) IN (0, 10))
  NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE rollup_dirty VALIDATE CONSTRAINT rollup_dirty_figures_check;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX idx_rollup_dirty_recompute ON rollup_dirty (organization_id, bucket) WHERE messages IS NULL;

-- Whoever deletes events, or changes whose they are, asks for their days to be recomputed: it cannot be forgotten. Events
-- behind the seal leave with their archive and change no figure; those of an organization that goes have none left.
CREATE FUNCTION mark_changed_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO rollup_dirty (organization_id, bucket)
  SELECT DISTINCT changed.organization_id, date_bin('15 minutes', changed.created_at, '2000-01-01 00:00:00+00')
  FROM changed
    JOIN organizations ON organizations.id = changed.organization_id
    LEFT JOIN analytics_seals AS seal ON seal.organization_id = changed.organization_id
  WHERE seal.sealed_until IS NULL OR changed.created_at >= seal.sealed_until;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mark_changed_events() FROM PUBLIC;
CREATE TRIGGER mark_deleted AFTER DELETE ON analytics_events
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_events();
CREATE TRIGGER mark_updated AFTER UPDATE ON analytics_events
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_events();

-- What was rolled up before has neither histograms nor agents: its days are recomputed, where their events are there.
INSERT INTO rollup_dirty (organization_id, bucket)
SELECT organization_id, date::timestamp AT TIME ZONE 'UTC' FROM daily_metrics
WHERE EXISTS (
  SELECT FROM analytics_events AS event
  WHERE event.organization_id = daily_metrics.organization_id
    AND event.created_at >= daily_metrics.date::timestamp AT TIME ZONE 'UTC'
    AND event.created_at < (daily_metrics.date + 1)::timestamp AT TIME ZONE 'UTC');

INSERT INTO queue_tasks (task, open_to_tenants) VALUES ('analytics.change-time-zone', true);
