-- The errors of a day, so that a report adds up days and not agents. What sealed days have is taken from their agents.
ALTER TABLE daily_metrics ADD COLUMN error_count integer NOT NULL DEFAULT 0;
ALTER TABLE daily_metrics ADD CONSTRAINT daily_metrics_error_count_check CHECK (error_count >= 0) NOT VALID;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE daily_metrics VALIDATE CONSTRAINT daily_metrics_error_count_check;
UPDATE daily_metrics SET error_count = failed.errors
FROM (SELECT organization_id, date, sum(error_count) AS errors FROM agent_metrics GROUP BY organization_id, date) AS failed
WHERE failed.errors > 0 AND daily_metrics.organization_id = failed.organization_id AND daily_metrics.date = failed.date;
