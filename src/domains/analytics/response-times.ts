/** A histogram's percentiles in milliseconds; null where nothing was measured. */
export type Percentiles = {
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/**
 * The percentiles of a histogram of response times (`response_time_histogram`, merged over any days and agents by adding
 * bucket by bucket). Each lies in the same bucket as the exact one (the nearest rank of all values), so it is off by at
 * most a bucket's width: 10 %, or one millisecond below 1 ms. Within the bucket the values are taken for evenly spread.
 */
export function percentiles(histogram: readonly number[]): Percentiles {
  return {
    p50: percentile(histogram, 0.5),
    p95: percentile(histogram, 0.95),
    p99: percentile(histogram, 0.99),
  }
}

function percentile(histogram: readonly number[], part: number): number | null {
  const total = histogram.reduce((sum, times) => sum + times, 0)
  if (total === 0) return null
  const rank = Math.max(1, Math.ceil(part * total))
  let before = 0
  for (const [bucket, times] of histogram.entries()) {
    if (before + times >= rank) {
      const [least, limit] = [lowerBound(bucket), lowerBound(bucket + 1)]
      return least + ((rank - before - 0.5) / times) * (limit - least)
    }
    before += times
  }
  throw new Error('a rank beyond the total')
}

/** The least value of the bucket; the buckets are those of the SQL function response_time_bucket. */
function lowerBound(bucket: number): number {
  return bucket === 0 ? 0 : (BOUNDS[bucket - 1] as number) / 100
}

/** In hundredths of a millisecond, up to the first one beyond a day. */
const BOUNDS: readonly number[] = (() => {
  const bounds = [100]
  while ((bounds.at(-1) as number) <= 8_640_000_000)
    bounds.push(Math.floor(((bounds.at(-1) as number) * 11) / 10))
  return bounds
})()
