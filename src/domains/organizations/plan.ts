/** The plans that come with the product; a host product may have others. */
export const PLANS = ['free', 'starter', 'pro', 'enterprise'] as const

/** How much an organization may have; null is unlimited. */
export type Limits = {
  readonly max_users: number | null
  readonly max_agents: number | null
  readonly max_messages: number | null
  readonly max_storage: number | null
}

const MEGABYTE = 1024 ** 2
const GIGABYTE = 1024 ** 3

const LIMITS: Readonly<Record<string, Limits>> = {
  free: { max_users: 1, max_agents: 1, max_messages: 1_000, max_storage: 100 * MEGABYTE },
  starter: { max_users: 5, max_agents: 5, max_messages: 10_000, max_storage: GIGABYTE },
  pro: { max_users: 25, max_agents: 25, max_messages: 100_000, max_storage: 10 * GIGABYTE },
}

const UNLIMITED: Limits = { max_users: null, max_agents: null, max_messages: null, max_storage: null }

/** The limits that a plan comes with. Enterprise, and a plan that only the host product knows, limits nothing. */
export function limitsOfPlan(plan: string): Limits {
  return Object.hasOwn(LIMITS, plan) ? (LIMITS[plan] ?? UNLIMITED) : UNLIMITED
}
