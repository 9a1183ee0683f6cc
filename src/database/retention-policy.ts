import type { RoleTx } from './transaction.ts'

/** How long the rows of a table stay, as data: the domain that owns the table says it, maintenance carries it out. */
export type RetentionPolicy = {
  readonly table: string
  readonly keptDays: number
  /** Takes away at most `most` rows that aged before this instant, and gives how many; fewer than `most` is the end. */
  readonly removeBatch: (tx: RoleTx, batch: { before: Date; most: number }) => Promise<number>
}
