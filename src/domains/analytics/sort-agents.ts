import type { AgentFigures } from './read-agent-figures.ts'

/** What agents can be sorted by. */
export const AGENT_SORTS = [
  'name',
  'messages',
  'conversations',
  'tokens',
  'avg_response_time',
  'p50_response_time',
  'p95_response_time',
  'p99_response_time',
  'satisfaction',
  'ratings',
  'errors',
] as const satisfies readonly (keyof AgentFigures)[]

export type AgentSort = (typeof AGENT_SORTS)[number]
export type Sorting = { readonly sort: AgentSort; readonly order: 'asc' | 'desc' }

/** What an agent's place depends on; the id decides between equals. */
export type Place = { readonly value: string | number | null; readonly id: string }

/** The agents in order: who has no figure to sort by comes last, whichever way. */
export function sortAgents<S extends AgentSort, A extends { id: string } & Record<S, Place['value']>>(
  agents: readonly A[],
  { sort, order }: { sort: S; order: Sorting['order'] },
): A[] {
  const places = agents.map(agent => ({ agent, value: agent[sort], id: agent.id }))
  return places.sort((one, other) => comparePlaces(one, other, order)).map(({ agent }) => agent)
}

export function comparePlaces(one: Place, other: Place, order: 'asc' | 'desc'): number {
  const ofIds = one.id < other.id ? -1 : Number(one.id > other.id)
  if (one.value === null || other.value === null)
    return Number(one.value === null) - Number(other.value === null) || ofIds
  const ascending = compareValues(one.value, other.value) || ofIds
  return order === 'asc' ? ascending : -ascending
}

function compareValues(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return BY_NAME.compare(String(one), String(other))
}

const BY_NAME = new Intl.Collator('en', { numeric: true })
