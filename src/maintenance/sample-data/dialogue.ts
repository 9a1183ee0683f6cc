import type { SampleAgent } from './agents.ts'
import type { Line } from './conversation.ts'
import type { Random } from './random.ts'
import { AGENT_FAILURES, APOLOGY } from './texts/failures.ts'
import { CITIES, CLOSINGS, type Exchange } from './texts/topic.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const

/** What is said in one conversation: a question with its answer, some more of them, sometimes a thank-you. */
export class Dialogue {
  readonly #agent: SampleAgent
  readonly #random: Random
  readonly #slowness: number
  readonly #lines: Line[] = []
  #hasFailed = false

  constructor(agent: SampleAgent, random: Random, slowness: number) {
    this.#agent = agent
    this.#random = random
    this.#slowness = slowness
  }

  write(startedAt: number): Line[] {
    const random = this.#random
    const topic = random.pick(this.#agent.topics)
    const exchanges: Exchange[] = [random.pick(topic.openers)]
    for (const followUp of topic.followUps) if (random.chance(0.42)) exchanges.push(followUp)
    if (random.chance(0.35)) exchanges.push(random.pick(CLOSINGS))
    const filled = this.#fill(exchanges)
    let at = startedAt
    for (const exchange of filled) {
      at = this.#exchange(exchange, at) + Math.floor(random.logNormal(35_000, 0.7))
    }
    return this.#lines
  }

  /** Who was failed rates badly, and so does now and then somebody who was not. */
  score(): number {
    if (this.#hasFailed) return this.#random.pick([1, 1, 2, 3])
    if (this.#random.chance(this.#agent.satisfaction)) return 5
    return this.#random.pick([4, 4, 4, 3, 3, 2, 1])
  }

  #exchange([question, answer]: Exchange, at: number): number {
    const random = this.#random
    this.#say('user', question, at, null, null)
    // What is slow because something is broken fails far more often than it is slow.
    const fails = random.chance(Math.min(this.#agent.errorRate * this.#slowness ** 3, 0.5))
    const responseMs = Math.round(
      Math.min(random.logNormal(this.#agent.responseMs * this.#slowness, 0.45), 60_000),
    )
    if (!fails) return this.#say('assistant', answer, at + responseMs, responseMs, null)
    this.#hasFailed = true
    const { code, message } = random.pickWeighted(AGENT_FAILURES, ({ weight }) => weight)
    return this.#say('assistant', APOLOGY, at + responseMs, responseMs, { code, message })
  }

  #say(
    role: Line['role'],
    text: string,
    at: number,
    responseMs: number | null,
    failure: Line['failure'],
  ): number {
    const random = this.#random
    const words = Math.ceil(text.length / 4)
    // An agent reads instructions and documents before it says a word.
    const tokens = role === 'user' ? words : words + Math.round(random.logNormal(420, 0.5))
    this.#lines.push({ id: random.uuid(), role, text, at, tokens, responseMs, failure })
    return at
  }

  /** The same number, day and place all through a conversation. */
  #fill(exchanges: readonly Exchange[]): Exchange[] {
    const random = this.#random
    const values: Readonly<Record<string, string>> = {
      number: `${random.pick(['A', 'B', 'K', 'R'])}-${random.integer(10_000, 99_999)}`,
      day: random.pick(DAYS),
      city: random.pick(CITIES),
      amount: (random.integer(40, 2_400) / 10).toFixed(2),
    }
    const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
    return exchanges.map(([question, answer]) => [fill(question), fill(answer)])
  }
}
