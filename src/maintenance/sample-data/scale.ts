/** How large a sample is. */
export type Scale = {
  readonly organizations: number
  /** Conversations on a working day of the largest organization, at the end of the history. */
  readonly largest: number
}

export const SCALES = {
  small: { organizations: 8, largest: 28 },
  medium: { organizations: 60, largest: 220 },
} as const satisfies Record<string, Scale>

export type ScaleName = keyof typeof SCALES

/** Days with events, today included: as long as events are kept. */
export const HISTORY_DAYS = 90

/** What a sample is made from; the same three give the same rows. */
export type SampleInput = {
  readonly scale: Scale
  readonly seed: number
  /** The end of the history. Another time of the same day (UTC) only cuts it off elsewhere. */
  readonly now: Date
}

export const DEFAULT_SEED = 1
