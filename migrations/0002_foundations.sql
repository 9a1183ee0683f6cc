-- Foundations: the functions that the tables of every domain rely on.

-- How many decimals the minor unit of a currency stands for: 0, 2 or 3 (ISO 4217, in the form payment providers send;
-- they send ISK with two). Immutable, because stored amounts are generated with it: a currency that ever changes
-- needs a migration that rewrites its rows.
CREATE FUNCTION currency_exponent(currency character(3)) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'UGX', 'VND', 'VUV',
                      'XAF', 'XOF', 'XPF') THEN 0
    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    ELSE 2
  END;

-- The shape of an open vocabulary (plans, event, action, metric and notification types, a payment provider's statuses):
-- one word of letters, digits and _ . : / - that begins with a letter or digit. Which words mean something is for the domain.
CREATE FUNCTION is_type_name(value text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN value ~ '^[A-Za-z0-9][A-Za-z0-9_.:/-]*$';

-- The shape of a stored secret: the sha256 of it in hexadecimal. Clear text does not fit.
CREATE FUNCTION is_sha256(value text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN value ~ '^[0-9a-f]{64}$';

-- Puts a table under forced row-level security. The policies say which rows a role may touch, the GRANTs beside each
-- table which statements: a role without a grant gets nothing, whatever its policy. `tenant_key` is the column that
-- holds the organization's id; a table without one has no policy for tenants at all. The expression is inline and bare:
-- a function or a subquery here costs a plan per row, and Citus refuses it.
CREATE FUNCTION protect_table(target regclass, tenant_key name DEFAULT NULL) RETURNS void
  LANGUAGE plpgsql
  AS $$
  DECLARE
    same_tenant text := quote_ident(tenant_key) || ' = nullif(current_setting(''app.organization_id'', true), '''')::uuid';
    every_tenant name;
  BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    IF tenant_key IS NOT NULL THEN
      EXECUTE format('CREATE POLICY tenantry_tenant ON %s TO tenantry_tenant USING (%s) WITH CHECK (%2$s)',
                     target, same_tenant);
    END IF;
    -- Under FORCE the owner needs a policy too, else its own functions and REFRESH see nothing.
    FOREACH every_tenant IN ARRAY ARRAY['tenantry_owner', 'tenantry_admin', 'tenantry_jobs'] LOOP
      EXECUTE format('CREATE POLICY %I ON %s TO %1$I USING (true) WITH CHECK (true)', every_tenant, target);
    END LOOP;
    EXECUTE format('CREATE POLICY tenantry_backup ON %s FOR SELECT TO tenantry_backup USING (true)', target);
    EXECUTE format('GRANT SELECT ON %s TO tenantry_backup', target);
  END
  $$;
REVOKE ALL ON FUNCTION protect_table(regclass, name) FROM PUBLIC;
