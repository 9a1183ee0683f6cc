/**
 * Single rights, each as text: `SELECT`, or on one column `UPDATE (name)`. What a role has on the whole table it has on
 * every column.
 */
export type RightSet = ReadonlySet<string>

/** Takes what stands between GRANT and ON apart: `SELECT, UPDATE (a, b)` is three rights. */
export function parseRights(granted: string): RightSet {
  const rights = [...granted.matchAll(/([A-Z]+)(?:\s*\(([^)]*)\))?/g)].flatMap(([, privilege, columns]) =>
    columns === undefined
      ? [privilege ?? '']
      : columns.split(',').map(column => `${privilege} (${column.trim()})`),
  )
  return new Set(rights)
}

/** Puts them together again, in one order: the inverse of {@link parseRights}. */
export function formatRights(rights: Iterable<string>): string {
  const columns = new Map<string, string[]>()
  for (const right of [...rights].sort()) {
    const privilege = privilegeOf(right)
    const column = right.slice(privilege.length + 2, -1)
    columns.set(privilege, [...(columns.get(privilege) ?? []), ...(column === '' ? [] : [column])])
  }
  return [...columns]
    .map(([privilege, names]) => (names.length > 0 ? `${privilege} (${names.join(', ')})` : privilege))
    .join(', ')
}

/** Those of `rights` that `others` do not give. */
export const notGivenBy = (others: RightSet, rights: RightSet): string[] =>
  [...rights].filter(right => !others.has(right) && !others.has(privilegeOf(right)))

/** The rights on columns that go too when `revoked` is revoked from a table: PostgreSQL takes them along. */
export const takenAlong = (revoked: readonly string[], expected: RightSet): string[] =>
  [...expected].filter(right => right !== privilegeOf(right) && revoked.includes(privilegeOf(right)))

const privilegeOf = (right: string) => right.split(' ', 1)[0] ?? right
