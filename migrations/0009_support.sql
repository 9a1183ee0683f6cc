-- Support: the tickets of an organization and what is said on them.

CREATE TABLE support_tickets (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id uuid,
  subject varchar(255) NOT NULL CHECK (subject ~ '\S'),
  description text NOT NULL,
  priority varchar(50) NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  status varchar(50) NOT NULL CHECK (status IN ('open', 'pending', 'resolved', 'closed')),
  assigned_to uuid REFERENCES admin_users (id) ON DELETE SET NULL,
  tags text[] NOT NULL DEFAULT '{}' CHECK (array_position(tags, NULL) IS NULL),
  created_at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- The specification's index on organization_id is this key, under its name.
  CONSTRAINT idx_support_tickets_organization_id UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE SET NULL (user_id),
  CONSTRAINT support_tickets_resolved_at_check CHECK ((status IN ('resolved', 'closed')) = (resolved_at IS NOT NULL)
    AND resolved_at >= created_at)
);
CREATE INDEX idx_support_tickets_user_id ON support_tickets (user_id);
CREATE INDEX idx_support_tickets_status ON support_tickets (status);
CREATE INDEX idx_support_tickets_priority ON support_tickets (priority);
CREATE INDEX idx_support_tickets_assigned_to ON support_tickets (assigned_to);
CREATE TRIGGER update_support_tickets_updated_at BEFORE UPDATE ON support_tickets
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
SELECT protect_table('support_tickets', 'organization_id');
-- A customer may close and reopen; priority and assignment are the platform's.
GRANT SELECT, INSERT, UPDATE (status, resolved_at) ON support_tickets TO tenantry_tenant;
GRANT SELECT, INSERT, UPDATE ON support_tickets TO tenantry_admin, tenantry_jobs;

-- A comment is never changed (no role may): the mail about it has left. author_name stays when the author goes.
CREATE TABLE support_ticket_comments (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  ticket_id uuid NOT NULL,
  author_type varchar(50) NOT NULL CHECK (author_type IN ('user', 'admin')),
  author_id uuid NOT NULL,
  comment text NOT NULL,
  is_internal boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  organization_id uuid NOT NULL,
  author_name varchar(255) NOT NULL CHECK (author_name ~ '\S'),
  FOREIGN KEY (organization_id, ticket_id) REFERENCES support_tickets (organization_id, id) ON DELETE CASCADE,
  CONSTRAINT support_ticket_comments_internal_check CHECK (author_type = 'admin' OR NOT is_internal)
);
CREATE INDEX idx_ticket_comments_ticket_id ON support_ticket_comments (ticket_id);
CREATE INDEX idx_ticket_comments_created_at ON support_ticket_comments (created_at);
SELECT protect_table('support_ticket_comments', 'organization_id');
-- Staff's internal notes exist for no tenant, and a tenant speaks as nobody but a user.
CREATE POLICY tenantry_tenant_public ON support_ticket_comments AS RESTRICTIVE TO tenantry_tenant
  USING (NOT is_internal) WITH CHECK (author_type = 'user');
GRANT SELECT, INSERT ON support_ticket_comments TO tenantry_tenant, tenantry_admin, tenantry_jobs;

-- The author is a user of the ticket's own organization or a member of staff. No key can say "one of two tables"; the
-- author may go later, which is why the comment carries the name.
CREATE FUNCTION check_comment_author() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  BEGIN
    IF (NEW.author_type = 'user' AND NOT EXISTS (
          SELECT FROM public.users WHERE organization_id = NEW.organization_id AND id = NEW.author_id))
       OR (NEW.author_type = 'admin' AND NOT EXISTS (SELECT FROM public.admin_users WHERE id = NEW.author_id)) THEN
      RAISE EXCEPTION 'there is no % % to write this comment', NEW.author_type, NEW.author_id
        USING ERRCODE = 'foreign_key_violation', HINT = 'Name a user of the ticket''s organization, or an admin.';
    END IF;
    RETURN NEW;
  END
  $$;
REVOKE ALL ON FUNCTION check_comment_author() FROM PUBLIC;
CREATE TRIGGER check_comment_author BEFORE INSERT ON support_ticket_comments
  FOR EACH ROW EXECUTE FUNCTION check_comment_author();
