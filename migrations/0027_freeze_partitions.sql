-- The partition of an archived month is frozen and counted once before it goes, so that its drop counts nothing: the lock
-- that every insert waits behind is held for as long as files take to be unlinked.
--
-- Freezing is a constraint that no row meets, on the partition alone. Not validated, it is asked of new rows only and the
-- planner never reads it as a promise: the events that are there are read as before, and can be deleted.

-- What the frozen partition of its month held when it was counted: the same in every verified file of a month, and all of
-- it in their chunks. NULL where it is not counted; a thaw takes it back.
ALTER TABLE event_archives ADD COLUMN frozen_events bigint CHECK (frozen_events >= 0);

-- The name of the partition of a month (UTC) that may go once its events are archived; NULL where none may. The two that
-- the specification names stay.
CREATE FUNCTION expired_event_partition(asked date) RETURNS text
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT relname FROM (SELECT 'analytics_events_' || to_char(asked, 'YYYY_MM') AS relname) AS named
    WHERE relname NOT IN ('analytics_events_2024_01', 'analytics_events_2024_02')
      AND date_trunc('month', asked::timestamp) + interval '1 month' <= (now() - interval '90 days') AT TIME ZONE 'UTC'
      AND public.event_partition_is_attached(relname)
  $$;
REVOKE ALL ON FUNCTION expired_event_partition(date) FROM PUBLIC;

CREATE FUNCTION event_partition_is_frozen(name text) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT EXISTS (SELECT FROM pg_constraint
      WHERE conrelid = to_regclass('public.' || quote_ident(name)) AND conname = 'analytics_events_frozen')
  $$;
REVOKE ALL ON FUNCTION event_partition_is_frozen(text) FROM PUBLIC;

-- What was counted in the frozen partition of a month, where the chunks of its verified files still add up to it; else NULL.
CREATE FUNCTION frozen_events_of(asked date) RETURNS bigint
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT max(frozen_events) FROM public.event_archives WHERE month = asked AND state = 'verified'
    HAVING count(frozen_events) = count(*) AND min(frozen_events) = max(frozen_events)
      AND max(frozen_events) = (
        SELECT coalesce(sum(chunk.events), 0)
        FROM public.event_archive_chunks AS chunk JOIN public.event_archives AS archive ON archive.id = chunk.archive_id
        WHERE archive.month = asked AND archive.state = 'verified')
  $$;
REVOKE ALL ON FUNCTION frozen_events_of(date) FROM PUBLIC;

-- Lets no more events into the partition of a month (UTC) that has a verified file and, as its index tells, no event of a
-- day that is not sealed; false where it may not be. That it is there proves that whoever wrote into it has ended.
-- It waits a quarter of a second for its lock, behind which readers of that month wait: whoever calls it tries again.
CREATE FUNCTION freeze_event_partition(asked date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '250ms'
  AS $$
  DECLARE
    month_begin CONSTANT date := date_trunc('month', asked::timestamp);
    begins CONSTANT timestamptz := month_begin::timestamp AT TIME ZONE 'UTC';
    ends CONSTANT timestamptz := (month_begin + interval '1 month') AT TIME ZONE 'UTC';
    partition CONSTANT text := public.expired_event_partition(month_begin);
  BEGIN
    IF partition IS NULL
       OR NOT EXISTS (SELECT FROM public.event_archives WHERE month = month_begin AND state = 'verified') THEN
      RETURN false;
    END IF;
    IF public.event_partition_is_frozen(partition) THEN RETURN true; END IF;
    -- One index probe for each organization, so that a month which somebody keeps for longer is neither frozen nor counted.
    IF EXISTS (
      SELECT FROM public.organizations AS organization
      LEFT JOIN public.analytics_seals AS seal ON seal.organization_id = organization.id
      CROSS JOIN LATERAL (
        SELECT FROM public.analytics_events AS event
        WHERE event.organization_id = organization.id AND event.created_at >= begins AND event.created_at < ends
        LIMIT 1
      ) AS present
      WHERE seal.sealed_until IS NULL OR seal.sealed_until < ends
    ) THEN
      RETURN false;
    END IF;
    -- Whoever lifted an earlier freeze by hand may have brought events.
    UPDATE public.event_archives SET frozen_events = NULL
      WHERE month = month_begin AND state = 'verified' AND frozen_events IS NOT NULL;
    EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT analytics_events_frozen CHECK (false) NOT VALID', partition);
    RETURN true;
  END
  $$;
REVOKE ALL ON FUNCTION freeze_event_partition(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION freeze_event_partition(date) TO tenantry_jobs;

-- Counts the frozen partition of a month (UTC), once and with no lock that anybody waits for, keeps the total and gives it.
-- NULL where it is not frozen, or holds for some organization another number of events than verified files do, or one
-- of a day that is not sealed.
CREATE FUNCTION count_frozen_events(asked date) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE
    month_begin CONSTANT date := date_trunc('month', asked::timestamp);
    begins CONSTANT timestamptz := month_begin::timestamp AT TIME ZONE 'UTC';
    ends CONSTANT timestamptz := (month_begin + interval '1 month') AT TIME ZONE 'UTC';
    partition CONSTANT text := public.expired_event_partition(month_begin);
    counted bigint;
    stays boolean;
  BEGIN
    IF partition IS NULL OR NOT public.event_partition_is_frozen(partition) THEN RETURN NULL; END IF;
    PERFORM FROM public.event_archives WHERE month = month_begin AND state = 'verified' FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    counted := public.frozen_events_of(month_begin);
    IF counted IS NOT NULL THEN RETURN counted; END IF;
    -- Through the table and never the partition itself: that has no policy, and shows its owner nothing.
    SELECT coalesce(sum(present.events), 0), coalesce(bool_or(present.events IS DISTINCT FROM kept.events
        OR seal.sealed_until IS NULL OR seal.sealed_until < ends), false)
      INTO counted, stays
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
    UPDATE public.event_archives SET frozen_events = counted WHERE month = month_begin AND state = 'verified';
    RETURN counted;
  END
  $$;
REVOKE ALL ON FUNCTION count_frozen_events(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_frozen_events(date) TO tenantry_jobs;

-- Lets events into the partition of a month (UTC) again and forgets what was counted in it; false where it is not frozen.
CREATE FUNCTION thaw_event_partition(asked date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '250ms'
  AS $$
  DECLARE
    month_begin CONSTANT date := date_trunc('month', asked::timestamp);
    partition CONSTANT text := public.expired_event_partition(month_begin);
  BEGIN
    IF partition IS NULL OR NOT public.event_partition_is_frozen(partition) THEN RETURN false; END IF;
    UPDATE public.event_archives SET frozen_events = NULL WHERE month = month_begin AND state = 'verified';
    EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT analytics_events_frozen', partition);
    RETURN true;
  END
  $$;
REVOKE ALL ON FUNCTION thaw_event_partition(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION thaw_event_partition(date) TO tenantry_jobs;

-- Drops the partition of a month (UTC) and gives how many events went with it, where it is empty, or frozen with as many
-- events as verified files hold; else changes nothing and gives NULL. Inserts wait for the moment of the drop. It waits a
-- quarter of a second for its locks, since every insert would wait behind it: whoever calls it tries again.
CREATE OR REPLACE FUNCTION drop_archived_events(dropped date) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '250ms'
  AS $$
  DECLARE
    month_begin CONSTANT date := date_trunc('month', dropped::timestamp);
    begins CONSTANT timestamptz := month_begin::timestamp AT TIME ZONE 'UTC';
    ends CONSTANT timestamptz := (month_begin + interval '1 month') AT TIME ZONE 'UTC';
    partition CONSTANT text := public.expired_event_partition(month_begin);
    archived bigint;
  BEGIN
    IF partition IS NULL THEN RETURN NULL; END IF;
    PERFORM FROM public.event_archives WHERE month = month_begin AND state = 'verified' FOR UPDATE;
    IF FOUND THEN
      -- With this no constraint leaves the partition before its rows do, whoever would take it away.
      EXECUTE format('LOCK TABLE ONLY public.%I IN ACCESS SHARE MODE', partition);
      IF NOT public.event_partition_is_frozen(partition) THEN RETURN NULL; END IF;
      archived := public.frozen_events_of(month_begin);
      IF archived IS NULL THEN RETURN NULL; END IF;
    ELSE
      -- Told without a lock for those that are kept for longer.
      IF EXISTS (SELECT FROM public.analytics_events WHERE created_at >= begins AND created_at < ends) THEN
        RETURN NULL;
      END IF;
      EXECUTE format('LOCK TABLE ONLY public.%I IN SHARE MODE', partition);
      IF EXISTS (SELECT FROM public.analytics_events WHERE created_at >= begins AND created_at < ends) THEN
        RETURN NULL;
      END IF;
      archived := 0;
    END IF;
    -- It detaches the partition and drops it in one. A DETACH of its own would make its key to organizations stand alone,
    -- so that the drop would lock organizations too, and everybody who reads that.
    EXECUTE format('DROP TABLE public.%I', partition);
    DELETE FROM public.event_archive_chunks USING public.event_archives AS archive
      WHERE archive.id = archive_id AND archive.month = month_begin;
    UPDATE public.event_archives SET state = 'deleted', deleted_at = now() WHERE month = month_begin AND state = 'verified';
    RETURN archived;
  END
  $$;
