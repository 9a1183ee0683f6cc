-- Retention: what leaves the tables, when, and which events lie in cold storage.
--
-- Logs and notifications leave by one statement a batch. Events leave in three steps, each in its own transaction: a
-- file is written and read back (src/maintenance/archive/), then named here as verified, then what is in it is deleted. The two
-- functions below are the only ones that delete an event, and neither deletes one that no verified file holds.

-- What each duty that a clock starts did the last time.
CREATE TABLE maintenance_runs (
  task text PRIMARY KEY REFERENCES queue_tasks (task) ON DELETE CASCADE,
  started_at timestamptz NOT NULL,
  -- NULL while it runs, and where it was killed.
  finished_at timestamptz,
  -- NULL where it counts nothing.
  row_count bigint CHECK (row_count >= 0),
  error text,
  succeeded_at timestamptz
);
SELECT protect_table('maintenance_runs');
GRANT SELECT, INSERT, UPDATE ON maintenance_runs TO tenantry_jobs;
GRANT SELECT ON maintenance_runs TO tenantry_admin;

-- A file of cold storage: the expired events of one month (UTC) that one run found. It is listed before it is written,
-- so that whatever lies in the store is accounted for.
CREATE TABLE event_archives (
  id uuid PRIMARY KEY,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  file text NOT NULL UNIQUE CHECK (btrim(file) <> ''),
  -- writing: nothing was deleted for it, so it may be thrown away and begun anew.
  -- verified: read back and found equal; its events may be deleted.
  -- deleted: this file is the only place of its events.
  -- damaged: it no longer is what was verified. What it was to replace stays in the table and goes into another file.
  state text NOT NULL DEFAULT 'writing' CHECK (state IN ('writing', 'verified', 'deleted', 'damaged')),
  events bigint CHECK (events > 0),
  bytes bigint CHECK (bytes > 0),
  -- Of the file.
  sha256 varchar(64) CHECK (is_sha256(sha256)),
  started_at timestamptz NOT NULL DEFAULT now(),
  verified_at timestamptz,
  deleted_at timestamptz,
  CONSTRAINT event_archives_verified CHECK (
    num_nulls(events, bytes, sha256, verified_at) = CASE state WHEN 'writing' THEN 4 ELSE 0 END),
  CONSTRAINT event_archives_deleted CHECK ((state = 'deleted') = (deleted_at IS NOT NULL))
);
CREATE INDEX idx_event_archives_month ON event_archives (month);
SELECT protect_table('event_archives');
GRANT SELECT, INSERT, UPDATE, DELETE ON event_archives TO tenantry_jobs;
GRANT SELECT ON event_archives TO tenantry_admin;

-- What a verified file holds and the table still does: up to a few thousand events of one organization that follow each
-- other. A row goes in the transaction that deletes its events, so a run that was killed goes on behind it.
CREATE TABLE event_archive_chunks (
  archive_id uuid NOT NULL REFERENCES event_archives (id) ON DELETE CASCADE,
  -- No key: the chunk of an organization that is deleted meanwhile is empty, not gone.
  organization_id uuid NOT NULL,
  first_at timestamptz NOT NULL,
  first_id uuid NOT NULL,
  last_at timestamptz NOT NULL,
  last_id uuid NOT NULL,
  events integer NOT NULL CHECK (events > 0),
  PRIMARY KEY (archive_id, organization_id, first_at, first_id),
  CHECK ((first_at, first_id) <= (last_at, last_id))
);
CREATE INDEX idx_event_archive_chunks_organization_id ON event_archive_chunks (organization_id);
SELECT protect_table('event_archive_chunks', 'organization_id');
GRANT SELECT, INSERT, DELETE ON event_archive_chunks TO tenantry_jobs;

-- Which of these organizations have events before their instant, and in which months (UTC): one index probe for each
-- organization and month. SECURITY DEFINER: jobs read the events of one organization at a time.
CREATE FUNCTION list_expired_events(organization_ids uuid[], befores timestamptz[])
  RETURNS TABLE (organization_id uuid, month date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT asked.organization_id, present.month
    FROM unnest(organization_ids, befores) AS asked (organization_id, before)
    CROSS JOIN (
      SELECT to_date(right(relname, 7), 'YYYY_MM') AS month
      FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
      WHERE inhparent = 'public.analytics_events'::regclass AND NOT inhdetachpending
    ) AS present
    CROSS JOIN LATERAL (
      SELECT FROM public.analytics_events AS event
      WHERE event.organization_id = asked.organization_id
        AND event.created_at >= present.month::timestamp AT TIME ZONE 'UTC'
        AND event.created_at < least((present.month + interval '1 month') AT TIME ZONE 'UTC', asked.before)
      LIMIT 1
    ) AS expired
    ORDER BY present.month, asked.organization_id
  $$;
REVOKE ALL ON FUNCTION list_expired_events(uuid[], timestamptz[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_expired_events(uuid[], timestamptz[]) TO tenantry_jobs;

-- Deletes the events of one chunk of a verified file and gives how many; NULL when the file has none left, which is then
-- the only place of its events. A chunk whose events are no longer those that were archived is given up: its events
-- stay, and the next run archives what is there.
CREATE FUNCTION delete_archived_events(archive uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE
    chunk public.event_archive_chunks;
    deleted integer;
  BEGIN
    PERFORM FROM public.event_archives WHERE id = archive AND state = 'verified' FOR UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no event is deleted for the archive %, which is not verified', archive USING ERRCODE = 'TN005';
    END IF;
    SELECT * INTO chunk FROM public.event_archive_chunks WHERE archive_id = archive
      ORDER BY organization_id, first_at, first_id LIMIT 1;
    IF NOT FOUND THEN
      UPDATE public.event_archives SET state = 'deleted', deleted_at = now() WHERE id = archive;
      RETURN NULL;
    END IF;
    DELETE FROM public.event_archive_chunks WHERE archive_id = archive
      AND organization_id = chunk.organization_id AND (first_at, first_id) = (chunk.first_at, chunk.first_id);
    IF NOT EXISTS (SELECT FROM public.analytics_seals AS seal
                   WHERE seal.organization_id = chunk.organization_id AND seal.sealed_until > chunk.last_at) THEN
      RETURN 0;
    END IF;
    BEGIN
      DELETE FROM public.analytics_events
        WHERE organization_id = chunk.organization_id AND created_at BETWEEN chunk.first_at AND chunk.last_at
          AND (created_at, id) >= (chunk.first_at, chunk.first_id) AND (created_at, id) <= (chunk.last_at, chunk.last_id);
      GET DIAGNOSTICS deleted = ROW_COUNT;
      IF deleted <> chunk.events THEN
        RAISE EXCEPTION 'archived %, found %', chunk.events, deleted USING ERRCODE = 'TN005';
      END IF;
    EXCEPTION WHEN SQLSTATE 'TN005' THEN
      RETURN 0;
    END;
    RETURN deleted;
  END
  $$;
REVOKE ALL ON FUNCTION delete_archived_events(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_archived_events(uuid) TO tenantry_jobs;

-- Drops the partition of a month (UTC) and gives how many events went with it, where each of them lies in a verified file and
-- belongs to sealed days; else changes nothing and gives NULL. Writers of that month wait while its events are counted, those
-- of other months for the moment of the drop. It waits a quarter of a second for its locks, since every insert would
-- wait behind it: whoever calls it tries again. The two partitions that the specification names stay.
CREATE FUNCTION drop_archived_events(dropped date) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '250ms'
  AS $$
  DECLARE
    month_begin CONSTANT date := date_trunc('month', dropped::timestamp);
    begins CONSTANT timestamptz := month_begin::timestamp AT TIME ZONE 'UTC';
    ends CONSTANT timestamptz := (month_begin + interval '1 month') AT TIME ZONE 'UTC';
    name CONSTANT text := 'analytics_events_' || to_char(month_begin, 'YYYY_MM');
    stays boolean;
    archived bigint;
  BEGIN
    IF name IN ('analytics_events_2024_01', 'analytics_events_2024_02') OR ends > now() - interval '90 days'
       OR NOT public.event_partition_is_attached(name) THEN
      RETURN NULL;
    END IF;
    -- Without an archive only an empty one may go: told without counting those that are kept for longer.
    IF NOT EXISTS (SELECT FROM public.event_archives WHERE month = month_begin AND state = 'verified')
       AND EXISTS (SELECT FROM public.analytics_events WHERE created_at >= begins AND created_at < ends) THEN
      RETURN NULL;
    END IF;
    EXECUTE format('LOCK TABLE public.%I IN SHARE MODE', name);
    -- Through the table and never the partition itself: that has no policy, and shows its owner nothing.
    SELECT coalesce(sum(present.events), 0), coalesce(bool_or(present.events IS DISTINCT FROM kept.events
        OR seal.sealed_until IS NULL OR seal.sealed_until < ends), false)
      INTO archived, stays
      FROM (
        SELECT organization_id, count(*) AS events FROM public.analytics_events
        WHERE created_at >= begins AND created_at < ends GROUP BY organization_id
      ) AS present
      FULL JOIN (
        SELECT chunk.organization_id, sum(chunk.events) AS events
        FROM public.event_archive_chunks AS chunk JOIN public.event_archives AS archive ON archive.id = chunk.archive_id
        WHERE archive.month = month_begin AND archive.state = 'verified'
        GROUP BY chunk.organization_id
      ) AS kept USING (organization_id)
      LEFT JOIN public.analytics_seals AS seal USING (organization_id);
    IF stays THEN RETURN NULL; END IF;
    EXECUTE format('DROP TABLE public.%I', name);
    DELETE FROM public.event_archive_chunks USING public.event_archives AS archive
      WHERE archive.id = archive_id AND archive.month = month_begin;
    UPDATE public.event_archives SET state = 'deleted', deleted_at = now() WHERE month = month_begin AND state = 'verified';
    RETURN archived;
  END
  $$;
REVOKE ALL ON FUNCTION drop_archived_events(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_archived_events(date) TO tenantry_jobs;

-- Moves the oldest logs from before an instant into the archive, `most` at a time, in one statement: there is no moment
-- between the two places, and no second now() that sees another year. Critical ones stay for ever. Gives how many it moved.
CREATE FUNCTION archive_activity_logs(before timestamptz, most integer) RETURNS integer
  LANGUAGE sql SET search_path = public, pg_catalog, pg_temp
  AS $$
    WITH moved AS (
      DELETE FROM activity_logs WHERE id IN (
        SELECT id FROM activity_logs
        WHERE NOT is_critical AND created_at < least(before, now() - interval '1 year')
        ORDER BY created_at LIMIT most
      )
      RETURNING id, organization_id, user_id, actor_name, action_type, resource_type, resource_id, resource_name,
        metadata, ip_address, created_at, is_critical
    ), kept AS (
      INSERT INTO activity_logs_archive (id, organization_id, user_id, actor_name, action_type, resource_type,
        resource_id, resource_name, metadata, ip_address, created_at, is_critical)
      SELECT * FROM moved RETURNING id
    )
    SELECT count(*)::integer FROM kept
  $$;
REVOKE ALL ON FUNCTION archive_activity_logs(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION archive_activity_logs(timestamptz, integer) TO tenantry_jobs;

-- Removes notifications that were read before an instant, `most` at a time; unread ones stay. Gives how many it removed.
CREATE FUNCTION remove_read_notifications(before timestamptz, most integer) RETURNS integer
  LANGUAGE sql SET search_path = public, pg_catalog, pg_temp
  AS $$
    WITH removed AS (
      DELETE FROM notifications WHERE id IN (
        SELECT id FROM notifications WHERE is_read AND read_at < before ORDER BY read_at LIMIT most FOR UPDATE SKIP LOCKED
      )
      RETURNING id
    )
    SELECT count(*)::integer FROM removed
  $$;
REVOKE ALL ON FUNCTION remove_read_notifications(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_read_notifications(timestamptz, integer) TO tenantry_jobs;

INSERT INTO queue_tasks (task, open_to_tenants) VALUES
  ('maintenance.archive-events', false),
  ('maintenance.archive-activity-logs', false),
  ('maintenance.remove-read-notifications', false);
