/**
 * Notifications: what a user is told, over which channel, how often.
 * Owns the tables below; nobody else writes them.
 */
export const tables = ['notifications', 'notification_preferences'] as const
