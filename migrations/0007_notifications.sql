-- Notifications: what a member is told, and over which channel and how often they want to be told.
CREATE TABLE notifications (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  user_id uuid NOT NULL,
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  type varchar(50) NOT NULL CHECK (is_type_name(type)),
  category varchar(50) NOT NULL CHECK (is_type_name(category)),
  title varchar(255) NOT NULL CHECK (title ~ '\S'),
  message text NOT NULL,
  data jsonb CHECK (jsonb_typeof(data) = 'object'),
  link text,
  is_read boolean NOT NULL DEFAULT false,
  read_at timestamptz,
  is_archived boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
  -- Retention counts from read_at: a read notification without it would be kept for ever.
  CONSTRAINT notifications_read_at_check CHECK (is_read = (read_at IS NOT NULL))
);
-- The inbox, newest first, and the archive beside it; keyset pages continue at (created_at, id).
CREATE INDEX idx_notifications_user_id ON notifications (user_id, is_archived, created_at DESC, id DESC);
-- The badge. The included columns answer its count without the table: the policy asks for organization_id.
CREATE INDEX idx_notifications_unread ON notifications (user_id, created_at DESC) INCLUDE (organization_id, is_archived)
  WHERE is_read = false;
-- Retention: notifications read 30 days ago.
CREATE INDEX idx_notifications_is_read ON notifications (read_at) WHERE is_read;
CREATE INDEX idx_notifications_organization_id ON notifications (organization_id);
CREATE INDEX idx_notifications_created_at ON notifications (created_at);
CREATE INDEX idx_notifications_type ON notifications (type);
CREATE TRIGGER update_notifications_updated_at BEFORE UPDATE ON notifications
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
SELECT protect_table('notifications', 'organization_id');
GRANT SELECT, INSERT, UPDATE (is_read, read_at, is_archived) ON notifications TO tenantry_tenant;
GRANT SELECT, INSERT ON notifications TO tenantry_admin;
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO tenantry_jobs;

CREATE TABLE notification_preferences (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  user_id uuid NOT NULL,
  -- No longer than notifications.type: a preference for a type that no notification can have would never apply.
  notification_type varchar(100) NOT NULL CHECK (is_type_name(notification_type) AND length(notification_type) <= 50),
  in_app_enabled boolean NOT NULL DEFAULT true,
  email_enabled boolean NOT NULL DEFAULT true,
  email_frequency varchar(50) NOT NULL DEFAULT 'immediate'
    CHECK (email_frequency IN ('immediate', 'hourly', 'daily', 'weekly')),
  updated_at timestamptz NOT NULL DEFAULT now(),
  organization_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
  -- The specification's index on user_id is this key, under its name.
  CONSTRAINT idx_notification_preferences_user_id UNIQUE (user_id, notification_type)
);
CREATE TRIGGER update_notification_preferences_updated_at BEFORE UPDATE ON notification_preferences
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
SELECT protect_table('notification_preferences', 'organization_id');
GRANT SELECT, INSERT, UPDATE, DELETE ON notification_preferences TO tenantry_tenant;
GRANT SELECT ON notification_preferences TO tenantry_jobs, tenantry_admin;
