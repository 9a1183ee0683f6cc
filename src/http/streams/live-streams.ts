import { setTimeout as pause } from 'node:timers/promises'
import { findSession } from '../../domains/identity/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { MemberCaller } from '../caller.ts'
import type { Context } from '../context.ts'
import type { EventStream } from './event-stream.ts'
import { News } from './news.ts'

/** How often the database is looked at while anybody listens, and each listener's session. */
export type Pace = { readonly lookMs: number; readonly beatMs: number }
export const PACE: Pace = { lookMs: 500, beatMs: 20_000 }

const MOST_OF_SESSION = 10
const MOST_OF_ORGANIZATION = 500

type Listener = { readonly member: MemberCaller; readonly stream: EventStream }

/**
 * The pages that listen to this process, and the one look at the database that serves them all. It polls, because LISTEN
 * needs a connection of its own, which a pooler of transactions does not give; and nothing is asked while nobody listens.
 */
export class LiveStreams {
  readonly #context: Pick<Context, 'pool' | 'log' | 'now'>
  readonly #pace: Pace
  readonly #listeners = new Set<Listener>()
  readonly #stopping = new AbortController()
  #looking: Promise<void> | undefined

  constructor(context: Pick<Context, 'pool' | 'log' | 'now'>, pace: Pace) {
    this.#context = context
    this.#pace = pace
  }

  /** Refuses one more stream than a session or an organization may have open here. */
  requireRoom({ sessionId, organizationId }: MemberCaller): void {
    const members = [...this.#listeners].map(({ member }) => member)
    if (members.filter(member => member.sessionId === sessionId).length >= MOST_OF_SESSION)
      throw tooManyStreams(MOST_OF_SESSION, 'this session')
    if (members.filter(member => member.organizationId === organizationId).length >= MOST_OF_ORGANIZATION)
      throw tooManyStreams(MOST_OF_ORGANIZATION, 'this organization')
  }

  /** Tells the stream what concerns the member from now on, for as long as both it and the session last. */
  add(member: MemberCaller, token: string, stream: EventStream): void {
    if (this.#stopping.signal.aborted) stream.end()
    const listener = { member, stream }
    const beat = setInterval(() => this.#beat(stream, token), this.#pace.beatMs)
    this.#listeners.add(listener)
    stream.onClose(() => {
      clearInterval(beat)
      this.#listeners.delete(listener)
    })
    this.#looking ??= this.#look()
  }

  /** Ends every stream at once, and resolves when nothing is asked of the database any more. */
  async close(): Promise<void> {
    this.#stopping.abort()
    for (const { stream } of this.#listeners) stream.end()
    await this.#looking
  }

  async #beat(stream: EventStream, token: string): Promise<void> {
    const { pool, log, now } = this.#context
    stream.beat()
    try {
      if ((await findSession(pool, { token, now: now() })) === undefined) stream.end()
    } catch (error) {
      log.warn(
        { err: error },
        'the session of an open stream could not be looked up; the next beat asks again',
      )
    }
  }

  async #look(): Promise<void> {
    const { pool, log } = this.#context
    const news = new News()
    let fails = false
    while (this.#listeners.size > 0 && !this.#stopping.signal.aborted) {
      const began = performance.now()
      try {
        const listeners = [...this.#listeners]
        const tell = await news.read(
          pool,
          listeners.map(({ member }) => member),
        )
        for (const { member, stream } of listeners)
          for (const { event, data } of tell(member)) stream.send(event, data)
        fails = false
      } catch (error) {
        if (!fails) log.warn({ err: error }, 'open pages hear of nothing until the database answers again')
        fails = true
      }
      // On a busy database looking must not become the work.
      const waitMs = Math.max(this.#pace.lookMs, 4 * (performance.now() - began))
      await pause(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {})
    }
    this.#looking = undefined
  }
}

const tooManyStreams = (limit: number, whose: string) =>
  new AppError(
    'stream.too_many',
    'rate_limited',
    `${limit} streams of ${whose} are open here already. Close pages that are not looked at, or read the figures without a stream.`,
    { limit, retry_after_seconds: 60 },
  )
