import type { SampleInput } from '../../../src/maintenance/sample-data/scale.ts'

/** A sample with every story of an organization in it, and hardly anything said. */
export const TINY: SampleInput = {
  scale: { organizations: 9, largest: 4 },
  seed: 7,
  now: new Date('2026-03-19T13:37:00Z'), // a Thursday
}
