import { makeMembers } from './members.ts'
import { makeOrganizations } from './organization.ts'
import { SAMPLE_PASSWORD } from './password.ts'
import { DEFAULT_SEED, type SampleInput, SCALES } from './scale.ts'

/** How to get into a sample: its largest organization, and who signs in there as what. */
export type SampleAccess = {
  readonly organizationId: string
  readonly organizationName: string
  readonly logins: readonly { readonly email: string; readonly role: string }[]
  readonly password: string
}

/** The ways into the sample that this input makes; one of the same seed has the same, whenever and however large. */
export function sampleAccess(input: SampleInput): SampleAccess {
  const [largest] = makeOrganizations(input)
  if (largest === undefined) throw new RangeError('a sample has at least one organization')
  const logins = makeMembers(largest, input.now.getTime()).slice(0, 3)
  return {
    organizationId: largest.id,
    organizationName: largest.name,
    logins: logins.map(({ email, role }) => ({ email, role })),
    password: SAMPLE_PASSWORD,
  }
}

/** What `serve` puts into an empty database of its own. */
export function defaultSample(now: Date): SampleInput {
  return { scale: SCALES.small, seed: DEFAULT_SEED, now }
}
