-- Mail: what waits to be sent, in the transaction of the fact that it tells about, and what became of it.

-- A mail carries links that open an account, so its text is here only while it is needed: it is blanked in the statement
-- that marks it sent or given up. Whoever writes a mail cannot read it back: a tenant may only insert, and the one role
-- that reads the text is the worker's. It is in no backup: a restored one would send what was sent long ago.
CREATE TABLE mail_messages (
  id uuid PRIMARY KEY,
  -- NULL: a mail of the platform itself.
  organization_id uuid REFERENCES organizations (id) ON DELETE CASCADE,
  recipient varchar(320) NOT NULL CHECK (btrim(recipient) <> ''),
  template varchar(50) NOT NULL CHECK (is_type_name(template)),
  subject varchar(255) NOT NULL,
  text_body text,
  html_body text,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- After this the link in it opens nothing any more: it is not sent, however long the mail server was away.
  expires_at timestamptz NOT NULL,
  -- Counted before each attempt, so that one that was killed in between counts too.
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- The answer of the mail server to the last attempt that failed.
  last_error text,
  sent_at timestamptz,
  given_up_at timestamptz,
  -- Shown at /dev/mail in place of being sent, with its text: only where no mail server is set up.
  is_kept boolean NOT NULL DEFAULT false,
  CONSTRAINT mail_messages_one_end CHECK (sent_at IS NULL OR given_up_at IS NULL),
  CONSTRAINT mail_messages_text_while_needed CHECK (
    (text_body IS NOT NULL AND html_body IS NOT NULL) = ((sent_at IS NULL AND given_up_at IS NULL) OR is_kept)
  ),
  CONSTRAINT mail_messages_kept_is_sent CHECK (NOT is_kept OR sent_at IS NOT NULL)
);
CREATE INDEX idx_mail_messages_organization_id ON mail_messages (organization_id);
CREATE INDEX idx_mail_messages_created_at ON mail_messages (created_at);
CREATE INDEX idx_mail_messages_waiting ON mail_messages (expires_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
SELECT protect_table('mail_messages', 'organization_id');
GRANT INSERT (id, organization_id, recipient, template, subject, text_body, html_body, expires_at)
  ON mail_messages TO tenantry_tenant, tenantry_admin;
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_messages TO tenantry_jobs;
DROP POLICY tenantry_backup ON mail_messages;
REVOKE ALL ON mail_messages FROM tenantry_backup;

INSERT INTO queue_tasks (task, open_to_tenants) VALUES
  ('mail.send', true),
  ('mail.prune', false);
