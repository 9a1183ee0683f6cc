/** The candidate that `typed` was probably meant to be, or undefined where none is close enough to be worth saying. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(typed.length / 3))
  let best: string | undefined
  let least = most + 1
  for (const candidate of candidates) {
    const edits = distance(typed.toLowerCase(), candidate.toLowerCase())
    if (edits < least) [best, least] = [candidate, edits]
  }
  if (best !== undefined || typed.length < 3) return best
  return candidates.find(candidate => candidate.toLowerCase().startsWith(typed.toLowerCase()))
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= a.length; row++) {
    rows[row] = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const edits = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
      rows[row]?.push(edits)
    }
  }
  return at(a.length, b.length)
}
