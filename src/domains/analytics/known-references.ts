import { sql } from 'kysely'
import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import type { Event } from './event.ts'
import { RecentIds } from './recent-ids.ts'

export type Unknown = { readonly agents: ReadonlySet<string>; readonly users: ReadonlySet<string> }

/**
 * Says which agents and members that events name do not exist in their organization; one of another organization is
 * as unknown as one that was never made, and a member who has left is known. What was found is believed for a minute at most, what was not is asked again.
 */
export class KnownReferences {
  readonly #pool: pg.Pool
  readonly #agents = new RecentIds()
  readonly #users = new RecentIds()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** All events are of the one organization. */
  async findUnknown(organizationId: string, events: readonly Event[], now: Date): Promise<Unknown> {
    this.#agents.forgetBefore(now)
    this.#users.forgetBefore(now)
    const agents = new Set<string>()
    const users = new Set<string>()
    for (const { agentId, userId } of events) {
      if (agentId !== null && !this.#agents.has(agentId, organizationId)) agents.add(agentId)
      if (userId !== null && !this.#users.has(userId, organizationId)) users.add(userId)
    }
    if (agents.size === 0 && users.size === 0) return { agents, users }
    const found = await findReferences(this.#pool, organizationId, { agents, users })
    for (const { kind, id } of found) {
      const [unknown, known] = kind === 'agent' ? [agents, this.#agents] : [users, this.#users]
      unknown.delete(id)
      known.add(id, organizationId)
    }
    return { agents, users }
  }
}

function findReferences(pool: pg.Pool, organizationId: string, { agents, users }: Unknown) {
  return inTenant(pool, organizationId, async tx => {
    const { rows } = await sql<{ kind: 'agent' | 'user'; id: string }>`
      SELECT 'agent' AS kind, id FROM agents
      WHERE organization_id = ${organizationId} AND id = ANY (${[...agents]}::uuid[])
      UNION ALL
      SELECT 'user', id FROM users
      WHERE organization_id = ${organizationId} AND id = ANY (${[...users]}::uuid[])
      UNION ALL
      SELECT 'user', asked.id FROM unnest(${[...users]}::uuid[]) AS asked (id)
      JOIN former_members ON organization_id = ${organizationId}
        AND user_key = sha256(convert_to('m:' || asked.id, 'UTF8'))`.execute(tx)
    return rows
  })
}
