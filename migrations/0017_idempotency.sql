-- Idempotency: which requests with an Idempotency-Key were answered, and how, for 24 hours.

-- Neither the key nor the credential of its caller is here, only a hash of both, and the answer is encrypted with a
-- secret made of them: a new API key that an answer shows once can be read by nobody but who asked for it.
-- In no backup: a restored answer would tell of what is done no longer.
CREATE TABLE idempotency_keys (
  key_hash varchar(64) PRIMARY KEY CHECK (is_sha256(key_hash)),
  -- NULL: asked by somebody who belongs to no organization yet.
  organization_id uuid REFERENCES organizations (id) ON DELETE CASCADE,
  -- An HMAC of method, address and body, to tell a repeated request from another one with the same key.
  request_hash varchar(64) NOT NULL CHECK (is_sha256(request_hash)),
  -- Who carries the request out. A later one takes the place of a dead one, which then can no longer answer.
  claim_id uuid NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  answer bytea,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_idempotency_keys_organization_id ON idempotency_keys (organization_id);
CREATE INDEX idx_idempotency_keys_created_at ON idempotency_keys (created_at);
SELECT protect_table('idempotency_keys', 'organization_id');
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO tenantry_tenant, tenantry_admin;
GRANT SELECT, DELETE ON idempotency_keys TO tenantry_jobs;
DROP POLICY tenantry_backup ON idempotency_keys;
REVOKE ALL ON idempotency_keys FROM tenantry_backup;

INSERT INTO queue_tasks (task, open_to_tenants) VALUES ('idempotency.prune', false);
