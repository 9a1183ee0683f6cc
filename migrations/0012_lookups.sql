-- Look-ups that come before an organization is known, called by the login itself, which may read no table.
-- Each takes one exact secret and gives ids; none can be used to list anything. src/database/lookups.ts names them all,
-- and the migrator grants them to the login alone.

-- Whose key this is and what it opens; no row where it is unknown or revoked. Takes the sha256, never the key.
CREATE FUNCTION find_api_key(key_hash text)
  RETURNS TABLE (api_key_id uuid, organization_id uuid, scopes text[])
  LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT found.id, found.organization_id, found.scopes
    FROM public.api_keys AS found
    WHERE found.key_hash = find_api_key.key_hash AND found.revoked_at IS NULL
  $$;
REVOKE ALL ON FUNCTION find_api_key(text) FROM PUBLIC;
