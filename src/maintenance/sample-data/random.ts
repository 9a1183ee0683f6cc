/**
 * Numbers that look random and are the same for the same seed, on every machine: sfc32, begun from a hash of the seed.
 * Not for secrets.
 */
export class Random {
  readonly #seed: string
  readonly #state: Uint32Array

  constructor(seed: string) {
    this.#seed = seed
    this.#state = stateOf(seed)
    for (let round = 0; round < 12; round++) this.#bits()
  }

  /** A sequence of its own for a part, so that what one part draws changes nothing in another. */
  of(part: string): Random {
    return new Random(`${this.#seed}/${part}`)
  }

  /** From 0 to below 1. */
  unit(): number {
    return this.#bits() / 0x1_0000_0000
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  between(least: number, most: number): number {
    return least + this.unit() * (most - least)
  }

  /** A whole number; both ends can come. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1))
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.integer(0, list.length - 1)]
    if (item === undefined) throw new RangeError('there is nothing to pick from')
    return item
  }

  /** The first items come far more often than the last: who is known comes again. */
  pickSkewed<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.unit() ** 2.2 * list.length)]
    if (item === undefined) throw new RangeError('there is nothing to pick from')
    return item
  }

  pickWeighted<T>(list: readonly T[], weightOf: (item: T) => number): T {
    let left = this.unit() * list.reduce((sum, item) => sum + weightOf(item), 0)
    for (const item of list) {
      left -= weightOf(item)
      if (left < 0) return item
    }
    return this.pick(list)
  }

  /** Values around the median, some of them many times as large: how long things take and how large they are. */
  logNormal(median: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
    return median * Math.exp(spread * normal)
  }

  /** How often something happens that happens `mean` times on average. */
  count(mean: number): number {
    let events = -1
    for (let time = 0; time < mean; events++) time += this.exponential()
    return Math.max(events, 0)
  }

  /** The time to the next of events that happen once in a unit of time on average. */
  exponential(): number {
    return -Math.log(1 - this.unit())
  }

  hex(bytes: number): string {
    let text = ''
    for (let made = 0; made < bytes; made += 4) {
      const bits = this.#bits()
      text += hexOf(bits >>> 24) + hexOf(bits >>> 16) + hexOf(bits >>> 8) + hexOf(bits)
    }
    return text.slice(0, bytes * 2)
  }

  uuid(): string {
    const hex = this.hex(16)
    return shape(`${hex.slice(0, 12)}4${hex.slice(13, 16)}${variantOf(hex)}${hex.slice(17)}`)
  }

  /** A UUID of version 7, which carries the time that it is given. */
  uuidAt(milliseconds: number): string {
    const hex = this.hex(10)
    return shape(
      `${milliseconds.toString(16).padStart(12, '0')}7${hex.slice(0, 3)}${variantOf(hex)}${hex.slice(4, 19)}`,
    )
  }

  #bits(): number {
    const state = this.#state
    const b = state[1] ?? 0
    const c = state[2] ?? 0
    const counter = state[3] ?? 0
    const result = ((state[0] ?? 0) + b + counter) >>> 0
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + result
    state[3] = counter + 1
    return result
  }
}

/** Four numbers that follow from every character of the text (MurmurHash3's steps, with four multipliers at once). */
function stateOf(seed: string): Uint32Array {
  let [a, b, c, d] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762]
  for (let index = 0; index < seed.length; index++) {
    const code = seed.charCodeAt(index)
    a = b ^ Math.imul(a ^ code, 597_399_067)
    b = c ^ Math.imul(b ^ code, 2_869_860_233)
    c = d ^ Math.imul(c ^ code, 951_274_213)
    d = a ^ Math.imul(d ^ code, 2_716_044_179)
  }
  return Uint32Array.of(a, b, c, d)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const hexOf = (byte: number) => HEX[byte & 255] ?? ''

/** The variant of RFC 9562: one of 8, 9, a, b. */
const variantOf = (hex: string) => '89ab'[Number.parseInt(hex.slice(-1), 16) % 4]

const shape = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
