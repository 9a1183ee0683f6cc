import { sql } from 'kysely'
import type { Figure } from './glossary.ts'
import { percentiles } from './response-times.ts'

/** What the events of a day or of a period amount to; null where nothing was measured. GLOSSARY says how each is computed. */
export type Figures = { readonly [F in Figure]: F extends Measured ? number | null : number }

type Measured =
  | 'avg_response_time'
  | 'p50_response_time'
  | 'p95_response_time'
  | 'p99_response_time'
  | 'satisfaction'

/** Those of a day without events. */
export const NO_FIGURES: Figures = {
  messages: 0,
  conversations: 0,
  tokens: 0,
  active_users: 0,
  avg_response_time: null,
  p50_response_time: null,
  p95_response_time: null,
  p99_response_time: null,
  satisfaction: null,
  ratings: 0,
  errors: 0,
  workflow_executions: 0,
  active_agents: 0,
}

/** Over all values of the rows: a mean of means would weigh a quiet day like a busy one. */
export function mean(total: string, count: string) {
  return sql<number | null>`round(sum(${sql.ref(total)}) / nullif(sum(${sql.ref(count)}), 0), 2)`
}

/** The percentiles of all these histograms together, under their names, to a hundredth of a millisecond like the average. */
export function percentileFigures(histograms: readonly (readonly number[])[]) {
  const { p50, p95, p99 } = percentiles(addUp(histograms))
  const rounded = (value: number | null) => value && Math.round(value * 100) / 100
  return {
    p50_response_time: rounded(p50),
    p95_response_time: rounded(p95),
    p99_response_time: rounded(p99),
  }
}

function addUp(histograms: readonly (readonly number[])[]): number[] {
  const sum: number[] = []
  for (const histogram of histograms)
    for (let bucket = 0; bucket < histogram.length; bucket++)
      sum[bucket] = (sum[bucket] ?? 0) + (histogram[bucket] ?? 0)
  return sum
}

/** A histogram as JSON, which is read many times faster than an array. */
export const HISTOGRAM = sql<number[]>`to_json(response_time_histogram)`
