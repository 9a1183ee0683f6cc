-- after-adoption
-- Views: the specification's columns, each counted by itself. Joining users, agents and conversations first and counting
-- distinct afterwards multiplies them: tens of billions of rows for one large organization.
-- security_invoker: a view reads as its reader, so a tenant sees through it what its policies let it see.

CREATE VIEW organization_summary WITH (security_invoker = true) AS
SELECT
  o.id,
  o.name,
  o.subdomain,
  o.plan,
  o.plan_status,
  subscription.status AS subscription_status,
  members.total AS user_count,
  made.total AS agent_count,
  held.total AS conversation_count
FROM organizations o
-- The live subscription, else the latest that there was.
LEFT JOIN LATERAL (
  SELECT s.status FROM subscriptions s WHERE s.organization_id = o.id
  ORDER BY is_live_subscription(s.status) DESC, s.created_at DESC, s.id DESC LIMIT 1
) subscription ON true
CROSS JOIN LATERAL (SELECT count(*) AS total FROM users u WHERE u.organization_id = o.id) members
CROSS JOIN LATERAL (SELECT count(*) AS total FROM agents a WHERE a.organization_id = o.id) made
CROSS JOIN LATERAL (SELECT count(*) AS total FROM conversations c WHERE c.organization_id = o.id) held;
GRANT SELECT ON organization_summary TO tenantry_tenant, tenantry_admin, tenantry_jobs, tenantry_backup;

-- full_name is never NULL: one name alone, else the address. Activities are counted in the archive too, so that
-- nobody's past shrinks on the day that their logs are a year old.
CREATE VIEW user_activity_summary WITH (security_invoker = true) AS
SELECT
  u.id AS user_id,
  u.email,
  coalesce(nullif(concat_ws(' ', nullif(btrim(u.first_name), ''), nullif(btrim(u.last_name), '')), ''), u.email) AS full_name,
  u.organization_id,
  u.last_active_at,
  made.total AS agents_created,
  recent.total + archived.total AS activities_count
FROM users u
CROSS JOIN LATERAL (
  SELECT count(*) AS total FROM agents a WHERE a.organization_id = u.organization_id AND a.user_id = u.id
) made
CROSS JOIN LATERAL (
  SELECT count(*) AS total FROM activity_logs l WHERE l.organization_id = u.organization_id AND l.user_id = u.id
) recent
CROSS JOIN LATERAL (
  SELECT count(*) AS total FROM activity_logs_archive l WHERE l.organization_id = u.organization_id AND l.user_id = u.id
) archived;
GRANT SELECT ON user_activity_summary TO tenantry_tenant, tenantry_admin, tenantry_jobs, tenantry_backup;

-- The last 30 days in UTC, today included, for every organization. Distinct users come from the set of who was active
-- when (days cannot be summed), the average from its sum and count. No policy can protect a materialized view, so no
-- tenant may read it: staff read it, the owner refreshes it.
CREATE MATERIALIZED VIEW mv_organization_metrics AS
SELECT
  o.id AS organization_id,
  coalesce(active.user_count, 0) AS user_count,
  coalesce(metrics.total_messages, 0) AS total_messages,
  metrics.avg_response_time
FROM organizations o
LEFT JOIN (
  SELECT organization_id, sum(total_messages) AS total_messages,
    round(sum(response_time_sum_ms) / nullif(sum(response_time_count), 0), 2) AS avg_response_time
  FROM daily_metrics
  WHERE date > (now() AT TIME ZONE 'UTC')::date - 30 AND date <= (now() AT TIME ZONE 'UTC')::date
  GROUP BY organization_id
) metrics ON metrics.organization_id = o.id
LEFT JOIN (
  SELECT organization_id, count(DISTINCT user_key) AS user_count
  FROM daily_active_users
  WHERE date > (now() AT TIME ZONE 'UTC')::date - 30 AND date <= (now() AT TIME ZONE 'UTC')::date
  GROUP BY organization_id
) active ON active.organization_id = o.id;
-- REFRESH … CONCURRENTLY needs a unique index of all rows. Nobody waits for this one: the view is new.
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX mv_organization_metrics_organization_id ON mv_organization_metrics (organization_id);
GRANT SELECT ON mv_organization_metrics TO tenantry_admin, tenantry_backup;

-- Refreshes it without stopping its readers. Only the owner of a materialized view may refresh it, and jobs are not.
CREATE FUNCTION refresh_organization_metrics() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  BEGIN
    REFRESH MATERIALIZED VIEW CONCURRENTLY public.mv_organization_metrics;
  END
  $$;
REVOKE ALL ON FUNCTION refresh_organization_metrics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_organization_metrics() TO tenantry_jobs;
