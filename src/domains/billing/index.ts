/**
 * Billing: what an organization pays, for what, and whether it has paid.
 * Owns the tables below; nobody else writes them.
 */
export const tables = ['subscriptions', 'invoices', 'payment_methods', 'usage_records'] as const
