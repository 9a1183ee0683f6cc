-- Team: the invitations of an organization. An invitation outlives whoever sent it and whoever accepted it: it says
-- how somebody came in. Only the hash of its secret is stored.
CREATE TABLE team_invitations (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  invited_by uuid,
  email varchar(255) NOT NULL CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  role varchar(50) NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
  token varchar(255) NOT NULL CHECK (is_sha256(token)),
  status varchar(50) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'revoked', 'expired')),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  accepted_by uuid,
  revoked_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idx_team_invitations_token UNIQUE (token),
  FOREIGN KEY (organization_id, invited_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (invited_by),
  FOREIGN KEY (organization_id, accepted_by) REFERENCES users (organization_id, id) ON DELETE SET NULL (accepted_by),
  CONSTRAINT team_invitations_accepted_check CHECK ((status = 'accepted') = (accepted_at IS NOT NULL)),
  CONSTRAINT team_invitations_accepted_at_check CHECK (accepted_at >= created_at),
  CONSTRAINT team_invitations_accepted_by_check CHECK (accepted_by IS NULL OR status = 'accepted'),
  CONSTRAINT team_invitations_revoked_check CHECK ((status = 'revoked') = (revoked_at IS NOT NULL)),
  CONSTRAINT team_invitations_expires_at_check CHECK (expires_at > created_at)
);
CREATE INDEX idx_team_invitations_organization_id ON team_invitations (organization_id);
-- Who invited this address, however it is written; and one open invitation an address in each organization.
CREATE INDEX idx_team_invitations_email ON team_invitations (lower(email));
CREATE UNIQUE INDEX idx_team_invitations_pending ON team_invitations (organization_id, lower(email)) WHERE status = 'pending';
CREATE INDEX idx_team_invitations_status ON team_invitations (status);
CREATE INDEX idx_team_invitations_invited_by ON team_invitations (invited_by);
CREATE INDEX idx_team_invitations_accepted_by ON team_invitations (accepted_by);
CREATE TRIGGER update_team_invitations_updated_at BEFORE UPDATE ON team_invitations
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
SELECT protect_table('team_invitations', 'organization_id');
GRANT SELECT, INSERT, UPDATE ON team_invitations TO tenantry_tenant;
GRANT SELECT, UPDATE ON team_invitations TO tenantry_jobs;
GRANT SELECT ON team_invitations TO tenantry_admin;
