/** What stands behind the question mark of an address, as text: a name that is looked for may look like a number. */
export const address = {
  parseSearch: (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch(search: Record<string, unknown>): string {
    const set = Object.entries(search).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    )
    return set.length === 0 ? '' : `?${new URLSearchParams(set)}`
  },
}
