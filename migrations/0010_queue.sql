-- The queue: jobs commit together with the facts they follow from.
--
-- The jobs themselves live in schema graphile_worker (its own migrations make it, before this file).
-- Here: the tasks that exist, the one door through which every role enqueues, what the workers may do
-- in graphile_worker, and the heartbeats by which a living worker is told from a dead one.

-- Every task of the product. open_to_tenants: a caller bound to one organization may name it.
CREATE TABLE queue_tasks (
  task text PRIMARY KEY CHECK (task ~ '^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$'),
  open_to_tenants boolean NOT NULL
);

INSERT INTO queue_tasks (task, open_to_tenants) VALUES
  ('analytics.roll-up', true),
  ('maintenance.create-partitions', false);

ALTER TABLE queue_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue_tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenantry_owner ON queue_tasks TO tenantry_owner USING (true) WITH CHECK (true);
CREATE POLICY tenantry_jobs ON queue_tasks FOR SELECT TO tenantry_jobs USING (true);
CREATE POLICY tenantry_backup ON queue_tasks FOR SELECT TO tenantry_backup USING (true);
GRANT SELECT ON queue_tasks TO tenantry_jobs, tenantry_backup;

-- One row a living worker; a row not seen for 15 seconds belongs to a dead one and goes (see src/queue/heartbeat.ts).
CREATE TABLE worker_heartbeats (
  id uuid PRIMARY KEY,
  pool_id text, -- by this name the queue locks the worker's jobs
  host text NOT NULL,
  process_id integer NOT NULL,
  version text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE worker_heartbeats ENABLE ROW LEVEL SECURITY;
ALTER TABLE worker_heartbeats FORCE ROW LEVEL SECURITY;
CREATE POLICY tenantry_owner ON worker_heartbeats TO tenantry_owner USING (true) WITH CHECK (true);
CREATE POLICY tenantry_jobs ON worker_heartbeats TO tenantry_jobs USING (true) WITH CHECK (true);
CREATE POLICY tenantry_admin ON worker_heartbeats FOR SELECT TO tenantry_admin USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON worker_heartbeats TO tenantry_jobs;
CREATE POLICY tenantry_backup ON worker_heartbeats FOR SELECT TO tenantry_backup USING (true);
GRANT SELECT ON worker_heartbeats TO tenantry_admin, tenantry_backup;

-- enqueue: queues every job of the array in the caller's transaction, or none of them; gives how many it queued.
--
-- A job: {"task", "organizationId", "payload", "key", "mode", "runAt", "priority", "maxAttempts"}; only task is a must.
-- A caller bound to one organization (tenant, ingest) may name that organization and tasks open to tenants, nothing
-- else. The organization is written into the payload and into the key here, so that no caller reaches into another
-- organization's jobs. mode, where a job of that key is there already: replace (default; a running one is followed
-- by the new one), preserve_run_at, or unsafe_dedupe (a waiting or running one is enough; one that has used up its
-- attempts is started anew). The last of two jobs with one key counts.
--
-- SECURITY DEFINER because no role but the workers' sees the queue; current_user is then the owner, so the caller's
-- role is read from the setting.
CREATE FUNCTION enqueue(jobs jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  caller_role constant text := current_setting('role');
  caller_is_bound constant boolean := caller_role IN ('tenantry_tenant', 'tenantry_ingest');
  caller_organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  job record;
  replacing graphile_worker.job_spec[] := '{}';
  queued integer := 0;
BEGIN
  IF caller_role NOT IN ('tenantry_tenant', 'tenantry_ingest', 'tenantry_jobs', 'tenantry_admin') THEN
    RAISE EXCEPTION 'jobs are enqueued in a role of the product, not in role "%"', caller_role
      USING ERRCODE = 'insufficient_privilege', HINT = 'Open the transaction with inTenant or inRole.';
  END IF;

  FOR job IN
    SELECT last_of_key.*, present.id AS present_id,
      present.locked_at IS NULL AND present.attempts >= present.max_attempts AS is_used_up
    FROM (
      SELECT DISTINCT ON (coalesce(full_key, position::text)) *
      FROM (
        SELECT given.task, given."organizationId" AS organization_id, listed.task IS NOT NULL AS is_listed,
          coalesce(listed.open_to_tenants, false) AS is_open_to_tenants,
          coalesce(given.payload, '{}') || CASE WHEN given."organizationId" IS NULL THEN '{}'
            ELSE jsonb_build_object('organizationId', given."organizationId") END AS payload,
          CASE WHEN given.key <> '' THEN concat_ws(':', given.task, given."organizationId", given.key) END AS full_key,
          coalesce(given.mode, 'replace') AS mode, given."runAt" AS run_at, given.priority,
          given."maxAttempts" AS max_attempts, given.position
        FROM ROWS FROM (jsonb_to_recordset(jobs) AS (task text, "organizationId" uuid, payload jsonb, key text, mode text,
          "runAt" timestamptz, priority smallint, "maxAttempts" smallint)) WITH ORDINALITY
          AS given (task, "organizationId", payload, key, mode, "runAt", priority, "maxAttempts", position)
        LEFT JOIN public.queue_tasks AS listed ON listed.task = given.task
      ) AS every
      ORDER BY coalesce(full_key, position::text), position DESC
    ) AS last_of_key
    LEFT JOIN graphile_worker._private_jobs AS present
      ON last_of_key.mode = 'unsafe_dedupe' AND present.key = last_of_key.full_key
    ORDER BY position
  LOOP
    IF NOT job.is_listed THEN
      RAISE EXCEPTION 'there is no task "%"', job.task
        USING ERRCODE = 'invalid_parameter_value', HINT = 'The tasks are the rows of queue_tasks.';
    END IF;
    IF caller_is_bound AND NOT job.is_open_to_tenants THEN
      RAISE EXCEPTION 'role "%" may not enqueue task "%"', caller_role, job.task
        USING ERRCODE = 'insufficient_privilege', HINT = 'Enqueue it in role tenantry_jobs or tenantry_admin.';
    END IF;
    IF caller_is_bound AND job.organization_id IS DISTINCT FROM caller_organization THEN
      RAISE EXCEPTION 'role "%" may enqueue jobs of its own organization only', caller_role
        USING ERRCODE = 'insufficient_privilege', HINT = 'Pass the organization the transaction was opened for.';
    END IF;

    IF job.mode = 'replace' OR job.full_key IS NULL THEN
      replacing := replacing || (job.task, job.payload::json, NULL, job.run_at, job.max_attempts, job.full_key,
        job.priority, NULL)::graphile_worker.job_spec;
    ELSIF job.mode = 'preserve_run_at' THEN
      PERFORM graphile_worker.add_job(job.task, job.payload::json, NULL, job.run_at, job.max_attempts, job.full_key,
        job.priority, NULL, 'preserve_run_at');
      queued := queued + 1;
    ELSIF job.mode = 'unsafe_dedupe' THEN
      IF job.present_id IS NULL THEN
        PERFORM graphile_worker.add_job(job.task, job.payload::json, NULL, job.run_at, job.max_attempts, job.full_key,
          job.priority, NULL, 'unsafe_dedupe');
        queued := queued + 1;
      ELSIF job.is_used_up THEN
        PERFORM graphile_worker.reschedule_jobs(ARRAY[job.present_id], coalesce(job.run_at, now()), NULL, 0);
        queued := queued + 1;
      END IF;
    ELSE
      RAISE EXCEPTION 'there is no mode "%"', job.mode
        USING ERRCODE = 'invalid_parameter_value', HINT = 'replace, preserve_run_at or unsafe_dedupe';
    END IF;
  END LOOP;

  IF cardinality(replacing) > 0 THEN
    PERFORM graphile_worker.add_jobs(replacing);
    queued := queued + cardinality(replacing);
  END IF;
  RETURN queued;
END
$$;

REVOKE ALL ON FUNCTION enqueue(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue(jsonb) TO tenantry_tenant, tenantry_ingest, tenantry_jobs, tenantry_admin;

-- The workers take, finish, retry and time jobs; they migrate nothing.
GRANT USAGE ON SCHEMA graphile_worker TO tenantry_jobs;
GRANT SELECT ON graphile_worker.migrations TO tenantry_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON graphile_worker._private_jobs TO tenantry_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON graphile_worker._private_job_queues TO tenantry_jobs;
GRANT SELECT, INSERT ON graphile_worker._private_tasks TO tenantry_jobs;
GRANT SELECT, INSERT, UPDATE ON graphile_worker._private_known_crontabs TO tenantry_jobs;
CREATE POLICY tenantry_jobs ON graphile_worker._private_jobs TO tenantry_jobs USING (true) WITH CHECK (true);
CREATE POLICY tenantry_jobs ON graphile_worker._private_job_queues TO tenantry_jobs USING (true) WITH CHECK (true);
CREATE POLICY tenantry_jobs ON graphile_worker._private_tasks TO tenantry_jobs USING (true) WITH CHECK (true);
CREATE POLICY tenantry_jobs ON graphile_worker._private_known_crontabs TO tenantry_jobs USING (true) WITH CHECK (true);

-- A backup holds the jobs that wait: they follow from facts that are in it.
GRANT USAGE ON SCHEMA graphile_worker TO tenantry_backup;
GRANT SELECT ON ALL TABLES IN SCHEMA graphile_worker TO tenantry_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO tenantry_backup;
CREATE POLICY tenantry_backup ON graphile_worker._private_jobs FOR SELECT TO tenantry_backup USING (true);
CREATE POLICY tenantry_backup ON graphile_worker._private_job_queues FOR SELECT TO tenantry_backup USING (true);
CREATE POLICY tenantry_backup ON graphile_worker._private_tasks FOR SELECT TO tenantry_backup USING (true);
CREATE POLICY tenantry_backup ON graphile_worker._private_known_crontabs FOR SELECT TO tenantry_backup USING (true);

-- Rows of _private_jobs live for milliseconds: without this the index that every worker polls fills with dead entries.
ALTER TABLE graphile_worker._private_jobs SET (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000
);
