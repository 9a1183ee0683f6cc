/**
 * Admin: the staff of the platform and the record of all that they do to others' data.
 * Owns the tables below; nobody else writes them.
 */
export const tables = ['admin_users', 'admin_audit_logs'] as const
