/** Round values from 0 up to one that is not below the largest, at most six of them; whole ones, since counts are. */
export function levelsOf(most: number): number[] {
  const rough = Math.max(1, most / 4)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough) ?? rough
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, n) => n * step)
}

/** The runs of values between gaps, each with the place of its first. */
export function areasOf(values: readonly (number | null)[]): { from: number; values: number[] }[] {
  const areas: { from: number; values: number[] }[] = []
  values.forEach((value, n) => {
    if (value === null) return
    const last = areas.at(-1)
    if (last !== undefined && last.from + last.values.length === n) last.values.push(value)
    else areas.push({ from: n, values: [value] })
  })
  return areas
}
