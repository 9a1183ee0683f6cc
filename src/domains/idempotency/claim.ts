import type { RequestIdentity } from './request-identity.ts'

/** The right to carry a request out, until somebody else has to take it over. */
export type Claim = RequestIdentity & { readonly claimId: string }

/** What a request led to: enough to answer its repetition alike. */
export type Answer = {
  readonly status: number
  readonly body: unknown
  readonly location?: string | undefined
  /** As `set-cookie` has them: a session that it opened is opened for its repetition too. */
  readonly cookies?: readonly string[] | undefined
}
