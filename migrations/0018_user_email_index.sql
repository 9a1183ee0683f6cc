-- no-transaction
-- squawk-ignore-file ban-concurrent-index-creation-in-transaction
-- Signing in looks a member up by e-mail, however it is written. Our own users have this index by its name already, as
-- the unique key that it is there; a host's may be a large table, and is not stopped.
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_lower_email_key ON users (lower(email));
