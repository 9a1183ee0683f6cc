/**
 * Team: who may join an organization, in which role.
 * Owns the table below; nobody else writes it.
 */
export const tables = ['team_invitations'] as const
