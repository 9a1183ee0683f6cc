import { sql } from 'kysely'
import pg from 'pg'
import { isDatabaseUnavailable } from '../../database/availability.ts'
import { inRole, type RoleTx } from '../../database/transaction.ts'
import { beginConversations, ownsConversations } from '../agents/index.ts'
import { ensureEventPartitions } from './ensure-event-partitions.ts'
import { outcomeUnknown } from './errors.ts'
import { CONVERSATION_STARTED, type Event } from './event.ts'
import { INSERTED, insertEvents, insertNewEvents, isEventThere, SEALED } from './insert-events.ts'

const ATTEMPTS = 4
/** Whoever sends events again sends more of them: so many stores that follow look before they insert. */
const CAREFUL_STORES = 100

/** Stores events with all that follows from them, in transactions of its own. */
export class EventStore {
  readonly #pool: pg.Pool
  #beginsConversations: boolean | undefined
  /** As a rule no event is there yet, and to insert it as a new one costs the least. */
  #carefulStores = 0

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /**
   * Stores the events, their markers and the conversations that they begin in one transaction, all or none, and
   * resolves when it is committed. What passes by itself is tried again: a missing partition is made, a deadlock or a
   * connection that broke before COMMIT repeated. Where events are old, those of sealed days are left out.
   */
  async store(events: readonly Event[], { isOld }: { isOld: boolean }): Promise<Uint8Array> {
    const isCareful = this.#carefulStores > 0
    if (isCareful) this.#carefulStores--
    for (let attempt = 1; ; attempt++) {
      const insert = isOld ? insertUnsealed : isCareful || attempt > 1 ? insertEvents : insertNewEvents
      try {
        this.#beginsConversations ??= await inRole(this.#pool, 'tenantry_ingest', ownsConversations)
        return await this.#storeOnce(events, insert)
      } catch (error) {
        if (attempt === ATTEMPTS) throw error
        if (isEventThere(error)) this.#carefulStores = CAREFUL_STORES
        else if (isPartitionMissing(error)) await ensureEventPartitions(this.#pool, events)
        else if (!passesByItself(error) && !(attempt === 1 && isDatabaseUnavailable(error))) throw error
      }
    }
  }

  /** An answer that the connection lost on its way may be a yes: trying again would call these events duplicates. */
  async #storeOnce(events: readonly Event[], insert: typeof insertEvents): Promise<Uint8Array> {
    let isCommitting = false
    try {
      return await inRole(this.#pool, 'tenantry_ingest', async tx => {
        const fates = await insert(tx, events)
        if (this.#beginsConversations) await beginConversationsOf(tx, events, fates)
        isCommitting = true
        return fates
      })
    } catch (error) {
      throw isCommitting ? outcomeUnknown(error) : error
    }
  }
}

/** Whoever seals a day of these organizations waits until this transaction has ended. */
async function insertUnsealed(tx: RoleTx, events: readonly Event[]): Promise<Uint8Array> {
  const organizationIds = [...new Set(events.map(({ organizationId }) => organizationId))]
  const { rows } = await sql<{ organization_id: string; sealed_until: Date }>`
    SELECT * FROM hold_seals(${organizationIds}::uuid[])`.execute(tx)
  const seals = new Map(rows.map(row => [row.organization_id, row.sealed_until.getTime() * 1000]))
  const isOpen = ({ organizationId, createdAt }: Event) =>
    createdAt >= (seals.get(organizationId) ?? -Infinity)
  const inserted = (await insertEvents(tx, events.filter(isOpen))).values()
  return Uint8Array.from(events, event => (isOpen(event) ? (inserted.next().value as number) : SEALED))
}

async function beginConversationsOf(tx: RoleTx, events: readonly Event[], fates: Uint8Array): Promise<void> {
  const begun = events.flatMap((event, position) => {
    const { eventType, conversationId } = event
    const begins = eventType === CONVERSATION_STARTED && fates[position] === INSERTED
    return begins && conversationId !== null ? [{ ...event, id: conversationId }] : []
  })
  if (begun.length > 0) await beginConversations(tx, begun)
}

/** PostgreSQL gives a row that fits no partition the code of a CHECK, but the name of none. */
function isPartitionMissing(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23514' && error.constraint === undefined
}

/**
 * Two requests that sent the same events in another order may lock each other out, and an agent or a member may go
 * between being looked up and being referred to. Asked again, it goes through.
 */
function passesByItself(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false
  if (error.code === '40P01' || error.code === '40001') return true
  return error.code === '23503' && /^conversations_(agent|user)_id_fkey$/.test(error.constraint ?? '')
}
