import { readFileSync } from 'node:fs'

/** One deviation from one item of the specification, and why. A * stands for any text, where one reason covers all. */
export interface Rule {
  item: string
  deviation: string
  reason: string
}

export const ALLOWED = new URL('allowed.json', import.meta.url)

export function readRules(): Rule[] {
  const { rules }: { rules: Rule[] } = JSON.parse(readFileSync(ALLOWED, 'utf8'))
  return rules
}

/** How many rules there are for each kind of item, the most first. */
export function countByKind(rules: Rule[]): [kind: string, count: number][] {
  const counts = new Map<string, number>()
  for (const { item } of rules) {
    const kind = item.slice(0, item.indexOf(':')).replace('*', '')
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])
}
