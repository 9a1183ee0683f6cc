-- after-adoption
-- People: what members change on pages. An organization gets another subdomain, and one API key takes over from another.

GRANT UPDATE (subdomain) ON organizations TO tenantry_tenant;

-- NULL: no end is set. A key that was replaced goes on until then, so that the programs which use it can change over.
ALTER TABLE api_keys ADD COLUMN expires_at timestamptz;
GRANT UPDATE (expires_at) ON api_keys TO tenantry_tenant, tenantry_admin;

-- As before, and nothing of a key whose time has ended.
CREATE OR REPLACE FUNCTION find_api_key(key_hash text)
  RETURNS TABLE (api_key_id uuid, organization_id uuid, scopes text[])
  LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT found.id, found.organization_id, found.scopes
    FROM public.api_keys AS found
    WHERE found.key_hash = find_api_key.key_hash AND found.revoked_at IS NULL
      AND (found.expires_at IS NULL OR found.expires_at > now())
  $$;
