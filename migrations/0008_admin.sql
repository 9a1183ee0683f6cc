-- Admin: the staff of the platform, and the record of what they did. No tenant sees any of it.

CREATE TABLE admin_users (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  -- In lower case, so that one person has one account however they write their address.
  email varchar(255) NOT NULL CHECK (email = lower(email) AND email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  password_hash varchar(255) NOT NULL CONSTRAINT admin_users_password_hash_check
    CHECK (password_hash ~ '^\$argon2id\$v=[0-9]+\$m=[0-9]+,t=[0-9]+,p=[0-9]+\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{16,}$'),
  full_name varchar(255) NOT NULL CHECK (full_name ~ '\S'),
  admin_role varchar(50) NOT NULL CHECK (admin_role IN ('support', 'billing', 'operations', 'super')),
  is_active boolean NOT NULL DEFAULT true,
  last_login_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- The specification's index on email is this key, under its name.
  CONSTRAINT idx_admin_users_email UNIQUE (email)
);
CREATE INDEX idx_admin_users_is_active ON admin_users (is_active);
CREATE TRIGGER update_admin_users_updated_at BEFORE UPDATE ON admin_users
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
SELECT protect_table('admin_users');
-- Nobody deletes staff: they are deactivated, and their record stays theirs.
GRANT SELECT, INSERT, UPDATE ON admin_users TO tenantry_admin;
GRANT SELECT ON admin_users TO tenantry_jobs;

-- organization_id says whose data was looked at or changed. It is no key: the record outlives the organization.
CREATE TABLE admin_audit_logs (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE RESTRICT,
  action_type varchar(100) NOT NULL CHECK (is_type_name(action_type)),
  resource_type varchar(100) CHECK (is_type_name(resource_type)),
  resource_id varchar(255),
  details jsonb,
  -- None where a job carries out what a member of staff has ordered.
  ip_address inet,
  created_at timestamptz NOT NULL DEFAULT now(),
  organization_id uuid
);
CREATE INDEX idx_admin_audit_logs_admin_user_id ON admin_audit_logs (admin_user_id);
CREATE INDEX idx_admin_audit_logs_action_type ON admin_audit_logs (action_type);
CREATE INDEX idx_admin_audit_logs_created_at ON admin_audit_logs (created_at);
CREATE INDEX idx_admin_audit_logs_organization_id ON admin_audit_logs (organization_id, created_at DESC);
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON admin_audit_logs
  FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON admin_audit_logs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
SELECT protect_table('admin_audit_logs');
GRANT SELECT, INSERT ON admin_audit_logs TO tenantry_admin, tenantry_jobs;
