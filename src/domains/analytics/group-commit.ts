import pg from 'pg'
import { isDatabaseUnavailable } from '../../database/availability.ts'
import { AppError } from '../../platform/errors.ts'
import { organizationNotFound } from '../organizations/index.ts'
import { monthFrozen, overloaded } from './errors.ts'
import type { Event } from './event.ts'
import { EventStore } from './store-events.ts'

/** What became of the events of one request, each in its place; a refused one has its reason. */
export type Fates = { readonly fates: Uint8Array; readonly refused: ReadonlyMap<number, string> }

type Waiting = {
  readonly events: readonly Event[]
  /** Some of them are so old that their day may be sealed. */
  readonly isOld: boolean
  readonly resolve: (fates: Fates) => void
  readonly reject: (error: unknown) => void
}

/** Enough rows that the cost of a transaction vanishes among them, few enough that nobody waits long. */
const MOST_EVENTS_IN_GROUP = 1000
/**
 * A second transaction begins beside the first only where it has this much to do: small requests are better off
 * together in the next group than in a transaction each.
 */
const LEAST_EVENTS_IN_SECOND_GROUP = 250
const GROUPS_AT_A_TIME = 2
/** No day is sealed so soon, so that what comes as it happens need not ask. */
const NEVER_SEALED_MILLISECONDS = 2 * 24 * 60 * 60 * 1000
const MOST_EVENTS_WAITING = 20_000
const MOST_BYTES_WAITING = 32 * 1024 * 1024

/**
 * Stores what concurrent requests bring in common transactions: the cost of a commit is shared, and under load the
 * groups grow by themselves. A request is answered only after the commit of its events. Where a group fails, each of
 * its requests is tried alone, so that one request never fails its neighbours, of whatever organization.
 */
export class GroupCommit {
  readonly #store: EventStore
  readonly #waiting: Waiting[] = []
  readonly #running = new Set<Promise<void>>()
  #events = 0
  #bytes = 0
  #isScheduled = false

  constructor(pool: pg.Pool) {
    this.#store = new EventStore(pool)
  }

  /** Resolves when the events are committed, once and durably. */
  store(events: readonly Event[], now: Date): Promise<Fates> {
    if (events.length === 0) return Promise.resolve({ fates: new Uint8Array(), refused: new Map() })
    if (this.#events >= MOST_EVENTS_WAITING || this.#bytes >= MOST_BYTES_WAITING)
      return Promise.reject(overloaded())
    this.#events += events.length
    this.#bytes += bytesOf(events)
    const never = (now.getTime() - NEVER_SEALED_MILLISECONDS) * 1000
    const isOld = events.some(({ createdAt }) => createdAt < never)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, isOld, resolve, reject })
      this.#schedule()
    })
  }

  /** Resolves when nothing is waiting or under way: only then may the pool be closed. */
  async settled(): Promise<void> {
    while (this.#waiting.length > 0 || this.#running.size > 0) {
      await new Promise(setImmediate)
      await Promise.all(this.#running)
    }
  }

  /** After the requests that have arrived together were read, so that they share the first group. */
  #schedule(): void {
    if (this.#isScheduled || !this.#mayBegin()) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      if (!this.#mayBegin()) return
      const running = this.#storeGroup(this.#takeGroup()).finally(() => {
        this.#running.delete(running)
        this.#schedule()
      })
      this.#running.add(running)
      this.#schedule()
    })
  }

  #mayBegin(): boolean {
    if (this.#running.size === 0) return this.#waiting.length > 0
    const waiting = this.#waiting.reduce((sum, { events }) => sum + events.length, 0)
    return this.#running.size < GROUPS_AT_A_TIME && waiting >= LEAST_EVENTS_IN_SECOND_GROUP
  }

  #takeGroup(): Waiting[] {
    let requests = 0
    let events = 0
    for (const { events: more } of this.#waiting) {
      if (requests > 0 && events + more.length > MOST_EVENTS_IN_GROUP) break
      requests++
      events += more.length
    }
    return this.#waiting.splice(0, requests)
  }

  async #storeGroup(group: readonly Waiting[]): Promise<void> {
    const events =
      group.length === 1 ? (group[0] as Waiting).events : group.flatMap(request => request.events)
    try {
      const isOld = group.some(request => request.isOld)
      const fates = await this.#store.store(events, { isOld })
      let start = 0
      for (const request of group) {
        const end = start + request.events.length
        request.resolve({ fates: fates.subarray(start, end), refused: new Map() })
        start = end
      }
    } catch (error) {
      if (isOfAll(error)) for (const request of group) request.reject(error)
      else
        for (const { resolve, reject, ...request } of group)
          await storeAlone(this.#store, request).then(resolve, reject)
    } finally {
      this.#events -= events.length
      this.#bytes -= bytesOf(events)
    }
  }
}

/** Stores what the database takes of the events; a row that it refuses is found by halving, and spoils no other. */
async function storeAlone(
  store: EventStore,
  { events, isOld }: Pick<Waiting, 'events' | 'isOld'>,
): Promise<Fates> {
  const fates = new Uint8Array(events.length)
  const refused = new Map<number, string>()
  await storePart(0, events.length)
  return { fates, refused }

  async function storePart(start: number, end: number): Promise<void> {
    try {
      fates.set(await store.store(events.slice(start, end), { isOld }), start)
    } catch (error) {
      if (isOrganizationGone(error)) throw organizationNotFound(events[0]?.organizationId ?? '')
      if (isMonthFrozen(error)) throw monthFrozen(error)
      if (!isRowRefused(error)) throw error
      if (end - start === 1) {
        refused.set(start, error.message)
        return
      }
      const middle = (start + end) >>> 1
      await storePart(start, middle)
      await storePart(middle, end)
    }
  }
}

/** A failure that is no single request's: trying each alone would fail alike, or call what is stored a duplicate. */
function isOfAll(error: unknown): boolean {
  return error instanceof AppError || isDatabaseUnavailable(error)
}

/** Nothing that an event refers to by a key is missing but its organization. */
function isOrganizationGone(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23503'
}

/** Its partition is about to be dropped (migration 0027): what of a row is wrong passes by itself. */
function isMonthFrozen(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.constraint === 'analytics_events_frozen'
}

/** Data exceptions and violated constraints; what we check beforehand leaves none that we know of. */
function isRowRefused(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '')
}

function bytesOf(events: readonly Event[]): number {
  return events.reduce((bytes, { properties }) => bytes + properties.length, events.length * 200)
}
