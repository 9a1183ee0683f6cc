-- What agents did from the first day of each month on, so that any period is the difference of two numbers: who was active
-- in it, and whose messages were the most, then costs a row for each agent and month instead of one for each day.

-- The n-th number is of the month's first n days together, the 31st of the whole month.
CREATE TABLE agent_months (
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  month date NOT NULL CHECK (month = date_trunc('month', month::timestamp)),
  -- Without a key to agents: a row goes with the last of agent_metrics, always locked after those.
  agent_id uuid NOT NULL,
  -- On how many of the days the agent has figures.
  -- squawk-ignore prefer-bigint-over-smallint
  active_days smallint[] NOT NULL CHECK (cardinality(active_days) = 31),
  messages bigint[] NOT NULL CHECK (cardinality(messages) = 31),
  PRIMARY KEY (organization_id, month, agent_id)
-- Roll-ups write the rows of the present month over and over: with room beside them, in their place and not in the index.
) WITH (fillfactor = 50);
SELECT protect_table('agent_months', 'organization_id');
GRANT SELECT ON agent_months TO tenantry_tenant, tenantry_admin, tenantry_jobs;

-- The sums with so much on one day of the month, whatever they had there.
CREATE FUNCTION with_day(sums anyarray, day integer, amount anyelement) RETURNS anyarray
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
  AS $$
  BEGIN
    amount := amount - sums[day] + coalesce(sums[day - 1], 0);
    FOR n IN day .. 31 LOOP
      sums[n] := sums[n] + amount;
    END LOOP;
    RETURN sums;
  END $$;

-- From amounts of days of the month.
CREATE AGGREGATE sums_of_days(day integer, amount anyelement) (
  sfunc = with_day, stype = anyarray, initcond = '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', parallel = safe
);

-- Keeps agent_months equal to agent_metrics, whoever writes those, so that it cannot be forgotten. Nobody gives a row of
-- agent_metrics another agent or day. Roll-ups of a whole day turn loops off, which here find a few rows among many.
CREATE FUNCTION follow_agent_metrics() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = on AS $$
DECLARE
  no_days CONSTANT smallint[] := array_fill(0::smallint, ARRAY[31]);
  no_messages CONSTANT bigint[] := array_fill(0::bigint, ARRAY[31]);
  written date;
  first date;
  day integer;
BEGIN
  -- One day after the other: what writes writes one.
  FOR written IN SELECT DISTINCT date FROM changed WHERE TG_OP <> 'DELETE' LOOP
    first := date_trunc('month', written::timestamp);
    day := extract(day FROM written);
    INSERT INTO agent_months AS present (organization_id, month, agent_id, active_days, messages)
    SELECT organization_id, first, agent_id, with_day(no_days, day, 1::smallint),
      with_day(no_messages, day, message_count::bigint)
    FROM changed WHERE date = written
    ON CONFLICT (organization_id, month, agent_id) DO UPDATE SET
      active_days = with_day(present.active_days, day, 1::smallint),
      messages = with_day(present.messages, day, excluded.messages[31])
    WHERE present.active_days[day] = coalesce(present.active_days[day - 1], 0)
      OR present.messages[day] <> coalesce(present.messages[day - 1], 0) + excluded.messages[31];
  END LOOP;
  -- Of an agent that goes, all days do; else its month is made anew of those that are left.
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM changed) THEN
    DELETE FROM agent_months AS present USING changed
    WHERE present.organization_id = changed.organization_id AND present.agent_id = changed.agent_id
      AND present.month = date_trunc('month', changed.date::timestamp);
    INSERT INTO agent_months (organization_id, month, agent_id, active_days, messages)
    SELECT rest.organization_id, gone.month, rest.agent_id, sums_of_days(extract(day FROM rest.date)::integer, 1::smallint),
      sums_of_days(extract(day FROM rest.date)::integer, rest.message_count::bigint)
    FROM (SELECT DISTINCT agent_id, date_trunc('month', date::timestamp)::date AS month FROM changed) AS gone
      JOIN agent_metrics AS rest ON rest.agent_id = gone.agent_id
        AND rest.date >= gone.month AND rest.date < gone.month + interval '1 month'
    GROUP BY rest.organization_id, gone.month, rest.agent_id;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION follow_agent_metrics() FROM PUBLIC;

-- Only roll-ups write agent_metrics, and they wait, ten seconds for a million rows; what reads and what brings events does
-- not.
CREATE TRIGGER follow_added AFTER INSERT ON agent_metrics
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_agent_metrics();
CREATE TRIGGER follow_updated AFTER UPDATE ON agent_metrics
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_agent_metrics();
CREATE TRIGGER follow_removed AFTER DELETE ON agent_metrics
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_agent_metrics();

INSERT INTO agent_months (organization_id, month, agent_id, active_days, messages)
SELECT organization_id, date_trunc('month', date::timestamp) AS first, agent_id,
  sums_of_days(extract(day FROM date)::integer, 1::smallint),
  sums_of_days(extract(day FROM date)::integer, message_count::bigint)
FROM agent_metrics GROUP BY organization_id, first, agent_id ORDER BY organization_id, first;
