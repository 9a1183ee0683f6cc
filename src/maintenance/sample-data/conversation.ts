import type { SampleAgent } from './agents.ts'
import type { Member } from './members.ts'
import type { Random } from './random.ts'

/** A line of a conversation; what an agent says has a time that it took, and a failure where it did not come. */
export type Line = {
  readonly id: string
  readonly role: 'user' | 'assistant'
  readonly text: string
  readonly at: number
  readonly tokens: number
  readonly responseMs: number | null
  readonly failure: { readonly code: string; readonly message: string } | null
}

export type Conversation = {
  readonly id: string
  readonly agent: SampleAgent
  readonly member: Member | null
  readonly endUserId: string | null
  readonly channel: string
  readonly startedAt: number
  readonly lines: readonly Line[]
  /** For the ids of its events. */
  readonly random: Random
  readonly rating: { readonly score: number; readonly at: number } | null
}
