-- after-adoption
-- The limits of 0003 are held by triggers on users and agents, which a host may have brought.

-- On tables that were here before us the limits bind our own roles only, until `tenantry limits enforce`: a host's
-- code must not begin to fail because it migrated.
DO $$
DECLARE
  limited record;
  ours_alone text;
BEGIN
  FOR limited IN
    SELECT c.relname, pg_get_userbyid(c.relowner) <> 'tenantry_owner' AS adopted, v.limit_columns, v.limit_name
    FROM (VALUES ('agents'::regclass, 'is_active, organization_id', 'agent'),
                 ('users'::regclass, 'organization_id', 'user')) v (relation, limit_columns, limit_name)
    JOIN pg_class c ON c.oid = v.relation
  LOOP
    ours_alone := CASE WHEN limited.adopted THEN $condition$WHEN (current_user ~ '^tenantry_')$condition$ ELSE '' END;
    EXECUTE format('CREATE TRIGGER enforce_%1$s_limit BEFORE INSERT OR UPDATE OF %2$s ON %3$I FOR EACH ROW %4$s '
                   'EXECUTE FUNCTION enforce_%1$s_limit()',
                   limited.limit_name, limited.limit_columns, limited.relname, ours_alone);
  END LOOP;
END
$$;
