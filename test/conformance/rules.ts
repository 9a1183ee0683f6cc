import { readFileSync } from 'node:fs'

/** One deviation from one item of the specification, and why. */
export interface Rule {
  /** A * stands for any text, where one reason covers all that it matches. */
  item: string
  deviation: string
  reason: string
  /** What the * matches, all of it: another item that it would excuse is an error. */
  covers?: string[]
}

export const ALLOWED = new URL('allowed.json', import.meta.url)

export function readRules(): Rule[] {
  const { rules }: { rules: Rule[] } = JSON.parse(readFileSync(ALLOWED, 'utf8'))
  return rules
}

/** Whether the rule's item, with its wildcards, is this one. */
export function names(rule: Rule, item: string): boolean {
  return new RegExp(`^${rule.item.split('*').map(escapeText).join('.*')}$`).test(item)
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

function escapeText(text: string): string {
  return text.replaceAll(/[^\w]/g, '\\$&')
}
