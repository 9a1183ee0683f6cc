-- after-adoption
-- Identity: how a member proves who they are. Passwords are kept as argon2id, everything else that opens something as
-- the sha256 of 256 random bits: whoever reads these tables can sign in as nobody.

-- One row a member who has a password. Members themselves are in users, which may be a host's table.
CREATE TABLE user_credentials (
  user_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  password_hash varchar(255) NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  password_changed_at timestamptz NOT NULL DEFAULT now(),
  -- When the member last proved to read mail at the address of users.email; a change of that address is such a proof.
  email_verified_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_credentials_organization_id ON user_credentials (organization_id, user_id);
SELECT protect_table('user_credentials', 'organization_id');
GRANT SELECT, INSERT, UPDATE ON user_credentials TO tenantry_tenant;
GRANT SELECT, INSERT ON user_credentials TO tenantry_admin;

-- One row a device that is signed in; ending a session deletes it. How long one lasts is decided by the code that asks.
CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash varchar(64) NOT NULL UNIQUE CHECK (is_sha256(token_hash)),
  created_at timestamptz NOT NULL DEFAULT now(),
  -- True to a few minutes: a request does not cost a write.
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  ip_address inet,
  user_agent varchar(400),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_sessions_user_id ON sessions (organization_id, user_id);
SELECT protect_table('sessions', 'organization_id');
GRANT SELECT, INSERT, UPDATE (last_seen_at), DELETE ON sessions TO tenantry_tenant;
GRANT SELECT, INSERT ON sessions TO tenantry_admin;
GRANT SELECT, DELETE ON sessions TO tenantry_jobs;

-- Links that work once. Used ones stay for a while, so that the second click hears why it does not work.
CREATE TABLE one_time_links (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL,
  user_id uuid NOT NULL,
  purpose varchar(50) NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'set_password', 'change_email')),
  secret_hash varchar(64) NOT NULL UNIQUE CHECK (is_sha256(secret_hash)),
  -- The address that using the link proves: the member's own, or the one to change to.
  email varchar(255) NOT NULL CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
  CONSTRAINT one_time_links_expires_at_check CHECK (expires_at > created_at)
);
CREATE INDEX idx_one_time_links_user_id ON one_time_links (organization_id, user_id, purpose);
SELECT protect_table('one_time_links', 'organization_id');
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON one_time_links TO tenantry_tenant;
GRANT SELECT, INSERT ON one_time_links TO tenantry_admin;
GRANT SELECT, DELETE ON one_time_links TO tenantry_jobs;

-- How often a password was tried lately: for an address of mail, for an address of the network, for a session's member.
-- A row is one subject, whether such a member exists or not, and belongs to no organization.
CREATE TABLE sign_in_attempts (
  subject varchar(100) PRIMARY KEY,
  attempts integer NOT NULL CHECK (attempts >= 0),
  last_attempt_at timestamptz NOT NULL,
  locked_until timestamptz
);
SELECT protect_table('sign_in_attempts');
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_attempts TO tenantry_admin;
GRANT SELECT, DELETE ON sign_in_attempts TO tenantry_jobs;

-- Whose session this is; no row where there is none or the member was disabled. Takes the sha256, never the token.
-- Whether it has lasted too long is for the caller, who knows the time.
CREATE FUNCTION find_session(token_hash text)
  RETURNS TABLE (session_id uuid, organization_id uuid, user_id uuid, role text, is_email_verified boolean,
                 created_at timestamptz, last_seen_at timestamptz)
  LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT found.id, found.organization_id, found.user_id, member.organization_role::text,
      credentials.email_verified_at IS NOT NULL, found.created_at, found.last_seen_at
    FROM public.sessions AS found
    JOIN public.users AS member ON member.organization_id = found.organization_id AND member.id = found.user_id
    LEFT JOIN public.user_credentials AS credentials ON credentials.user_id = found.user_id
    WHERE found.token_hash = find_session.token_hash AND member.is_active
  $$;

-- Whose address this is, however it is written; where a host's table has two that differ in letter case only, the one
-- that is written like this.
CREATE FUNCTION find_user_by_email(email text)
  RETURNS TABLE (organization_id uuid, user_id uuid)
  LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT found.organization_id, found.id
    FROM public.users AS found
    WHERE lower(found.email) = lower(find_user_by_email.email) AND found.organization_id IS NOT NULL
    ORDER BY found.email = find_user_by_email.email DESC, found.id
    LIMIT 1
  $$;
REVOKE ALL ON FUNCTION find_session(text), find_user_by_email(text) FROM PUBLIC;

INSERT INTO queue_tasks (task, open_to_tenants) VALUES
  ('identity.send-password-reset', false),
  ('identity.remove-expired', false);
