import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { listRecomputedDays } from '../../domains/analytics/index.ts'
import { countUnread } from '../../domains/notifications/index.ts'
import type { MemberCaller } from '../caller.ts'

/** Longer than any roll-up takes; the same day twice is told apart by its version. */
const LOOK_BACK_SECONDS = 60

export type Told = { readonly event: 'metrics' | 'notifications'; readonly data: object }

/**
 * What has changed since the look before, in two statements for everybody who listens. After looks that failed it looks
 * back as far as the last that did not, so an outage of the database hides no change.
 */
export class News {
  /** By organization and day, what was told of it last. */
  #versions = new Map<string, string>()
  /** By stream, each of which has a caller of its own: what it was told last. */
  #unread = new WeakMap<MemberCaller, number>()
  #lookedAt = performance.now()

  async read(
    pool: pg.Pool,
    members: readonly MemberCaller[],
  ): Promise<(member: MemberCaller) => readonly Told[]> {
    const organizationIds = [...new Set(members.map(member => member.organizationId))]
    const began = performance.now()
    const withinSeconds = LOOK_BACK_SECONDS + (began - this.#lookedAt) / 1_000
    const { days, unread } = await inRole(pool, 'tenantry_admin', async tx => ({
      days: await listRecomputedDays(tx, { organizationIds, withinSeconds }),
      unread: await countUnread(tx, members),
    }))
    this.#lookedAt = began
    const versions = new Map(days.map(day => [`${day.organizationId} ${day.date}`, day.version]))
    const changed = days.filter(
      ({ organizationId, date, version }) => this.#versions.get(`${organizationId} ${date}`) !== version,
    )
    this.#versions = versions
    return member => {
      const dates = changed.flatMap(day => (day.organizationId === member.organizationId ? [day.date] : []))
      return [
        ...(dates.length > 0 ? [{ event: 'metrics' as const, data: { dates } }] : []),
        ...this.#notifications(member, unread.get(member.userId) ?? 0),
      ]
    }
  }

  #notifications(member: MemberCaller, unread: number): Told[] {
    if (this.#unread.get(member) === unread) return []
    this.#unread.set(member, unread)
    return [{ event: 'notifications', data: { unread } }]
  }
}
