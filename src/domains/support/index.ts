/**
 * Support: the tickets of an organization and what is said on them.
 * Owns the tables below; nobody else writes them.
 */
export const tables = ['support_tickets', 'support_ticket_comments'] as const
