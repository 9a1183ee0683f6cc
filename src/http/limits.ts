/** What one request may cost before anything of it is believed. */
export const LIMITS = {
  /** 1,000 events of 4 kB. */
  bodyBytes: 4 * 1024 * 1024,
  headerBytes: 16 * 1024,
  headersMilliseconds: 10_000,
  requestMilliseconds: 30_000,
  /** Counted from the head on: longer than a slow body may take to come and to be noticed, which has its own answer. */
  handlerMilliseconds: 60_000,
  /** A table that is written out as fast as the client takes it; one that takes nothing is not waited for longer. */
  exportMilliseconds: 6 * 60 * 60_000,
  /** How often connections are looked at for requests that came too slowly. */
  checkingMilliseconds: 5_000,
  /** Longer than the 60 s of common load balancers, so that they and not we close an idle connection. */
  keepAliveMilliseconds: 65_000,
  /** A rate limit counts over this long. */
  windowMilliseconds: 60_000,
  /** Of one member in a window: more than any page asks for, however many are open. */
  requestsPerMember: 1_200,
} as const
