/** What a file of a period is called: after its days, so that two months side by side are told apart; else after today. */
export function csvName(what: string, { from, to, now }: Named): string {
  const days = from !== undefined && to !== undefined && DAY.test(from) && DAY.test(to)
  return `${what}-${days ? `${from}-to-${to}` : now.toISOString().slice(0, 10)}.csv`
}

type Named = { readonly from?: string | undefined; readonly to?: string | undefined; readonly now: Date }

const DAY = /^\d{4}-\d{2}-\d{2}$/
