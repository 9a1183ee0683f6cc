-- The audit of metrics: how many days were recomputed and compared, and how many of them were not what they had to be.

-- One row, since it is of the whole database: every process tells the same numbers, and they only grow.
CREATE TABLE metric_audit (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  audited_days bigint NOT NULL DEFAULT 0 CHECK (audited_days >= drifted_days),
  drifted_days bigint NOT NULL DEFAULT 0 CHECK (drifted_days >= 0)
);
SELECT protect_table('metric_audit');
GRANT SELECT ON metric_audit TO tenantry_admin;
GRANT SELECT, UPDATE ON metric_audit TO tenantry_jobs;
INSERT INTO metric_audit DEFAULT VALUES;

INSERT INTO queue_tasks (task, open_to_tenants) VALUES ('analytics.audit', false);
