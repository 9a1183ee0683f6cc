import type pg from 'pg'
import { checkEvent, type Event, type EventContext, isEvent } from './event.ts'
import { GroupCommit } from './group-commit.ts'
import { INSERTED, SEALED } from './insert-events.ts'
import { KnownReferences, type Unknown } from './known-references.ts'
import { agentUnknown, daySealed, eventRefused, type Rejection, userUnknown } from './rejection.ts'

/** Why the item at `index` was not stored; `id` is the one it was sent with, where it had one. */
export type RejectedItem = Rejection & { readonly index: number; readonly id: string | null }

export type Ingested = {
  readonly inserted: number
  readonly duplicates: number
  readonly rejected: RejectedItem[]
}

/** So many items may one request have. */
export const MOST_EVENTS = 1000

/** Where events come in: one for each process, since its requests share transactions. */
export type Ingestion = { readonly references: KnownReferences; readonly commits: GroupCommit }

export function openIngestion(pool: pg.Pool): Ingestion {
  return { references: new KnownReferences(pool), commits: new GroupCommit(pool) }
}

/**
 * Stores the items that are events and gives account of every one of them: inserted, there before, or rejected with
 * the reason. Resolves after the commit, so that what it counts as inserted outlives a crash. An item that is wrong
 * never spoils the rest.
 */
export async function ingestEvents(
  { references, commits }: Ingestion,
  input: EventContext & { readonly items: readonly unknown[] },
): Promise<Ingested> {
  const { organizationId, items, now } = input
  const rejected: RejectedItem[] = []
  const reject = (index: number, { code, message }: Rejection) =>
    rejected.push({ index, id: idOf(items[index]), code, message })

  const checked: Candidate[] = []
  items.forEach((item, index) => {
    const event = checkEvent(item, input)
    if (isEvent(event)) checked.push({ index, event })
    else reject(index, event)
  })

  const unknown = await references.findUnknown(organizationId, checked.map(eventOf), now)
  const candidates = checked.filter(({ index, event }) => {
    const rejection = referenceFault(event, unknown)
    if (rejection !== undefined) reject(index, rejection)
    return rejection === undefined
  })

  const { fates, refused } = await commits.store(candidates.map(eventOf), now)
  for (const [position, reason] of refused)
    reject((candidates[position] as Candidate).index, eventRefused(reason))
  let [inserted, sealed] = [0, 0]
  for (const [position, fate] of fates.entries()) {
    if (fate === INSERTED) inserted++
    if (fate !== SEALED) continue
    sealed++
    reject((candidates[position] as Candidate).index, daySealed())
  }
  return {
    inserted,
    duplicates: fates.length - refused.size - inserted - sealed,
    rejected: rejected.sort((one, other) => one.index - other.index),
  }
}

type Candidate = { readonly index: number; readonly event: Event }

const eventOf = ({ event }: Candidate) => event

function referenceFault({ agentId, userId }: Event, { agents, users }: Unknown): Rejection | undefined {
  if (agentId !== null && agents.has(agentId)) return agentUnknown(agentId)
  if (userId !== null && users.has(userId)) return userUnknown(userId)
  return undefined
}

function idOf(item: unknown): string | null {
  const id = (item as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id.slice(0, 100) : null
}
