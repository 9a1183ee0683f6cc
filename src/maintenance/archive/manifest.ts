import { formatRfc3339 } from '../../platform/rfc3339.ts'
import type { EventRow } from './event-row.ts'

/** What a file of cold storage holds, kept beside it, so that it can be held against itself without any database. */
export type Manifest = {
  readonly format: 'tenantry.events/1'
  readonly file: string
  /** YYYY-MM, in UTC. */
  readonly month: string
  readonly written_at: string
  readonly bytes: number
  /** Of the file as it lies there. */
  readonly sha256: string
  readonly events: number
  /** Of its rows, one JSON array a line: it does not depend on how they are stored. */
  readonly rows_sha256: string
  readonly organizations: readonly OrganizationTotals[]
}

export type OrganizationTotals = {
  readonly organization_id: string
  readonly events: number
  readonly first: string
  readonly last: string
  /** Sums of these properties of all events, where they are numbers from 0.001 to 1,000,000,000. */
  readonly tokens: number
  readonly response_time_ms: number
  readonly score: number
}

export const SUMMED = ['tokens', 'response_time_ms', 'score'] as const

export const manifestName = (file: string) => `${file.replace(/\.parquet$/, '')}.json`

/** Totals of rows that come in the order of their organizations; plain additions in the order of the key, as SQL makes them. */
export class Totals {
  readonly #organizations: Mutable<OrganizationTotals>[] = []

  add(rows: readonly EventRow[]): void {
    for (const row of rows) {
      const [organizationId, createdAt, , , , , properties] = row
      let totals = this.#organizations.at(-1)
      if (totals?.organization_id !== organizationId) {
        const first = formatRfc3339(createdAt)
        totals = {
          organization_id: organizationId,
          events: 0,
          first,
          last: first,
          tokens: 0,
          response_time_ms: 0,
          score: 0,
        }
        this.#organizations.push(totals)
      }
      totals.events += 1
      totals.last = formatRfc3339(createdAt)
      const values: Record<string, unknown> = JSON.parse(properties)
      for (const name of SUMMED) {
        const value = values[name]
        if (typeof value === 'number' && value >= LEAST && value <= MOST) totals[name] += value
      }
    }
  }

  get organizations(): readonly OrganizationTotals[] {
    return this.#organizations
  }
}

/** Far inside what a double can hold, so that SQL and JavaScript agree on every number which lies between. */
export const LEAST = 0.001
export const MOST = 1e9

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
