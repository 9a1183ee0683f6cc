import { createHash, timingSafeEqual } from 'node:crypto'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { inRole } from '../../../database/transaction.ts'
import { type MetricsHealth, readMetricsHealth } from '../../../domains/analytics/index.ts'
import { type Backlog, readBacklog } from '../../../queue/read-backlog.ts'
import type { App, Context } from '../../context.ts'
import { isLocalRequest } from '../dev/local-request.ts'

/**
 * What a Prometheus reads. The numbers of the database are read when it asks, so that every process tells the same; those
 * of the process are its own. Open to this machine and to whoever has the token; to all others there is no such page.
 */
export default function metricsRoutes(app: App, { pool, configuration }: Context): void {
  const ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess })
  app.get('/metrics', { config: { open: true }, schema: { hide: true } }, async (request, reply) => {
    if (!isLocalRequest(request) && !isToken(request.headers.authorization, configuration.metricsToken))
      return reply.callNotFound()
    const ofDatabase = await inRole(pool, 'tenantry_jobs', async tx =>
      registryOf(await readMetricsHealth(tx), await readBacklog(tx)),
    )
    return reply.type(ofProcess.contentType).send(await Registry.merge([ofDatabase, ofProcess]).metrics())
  })
}

function registryOf(health: MetricsHealth, queue: Backlog): Registry {
  const registers = [new Registry()]
  const count = (name: string, help: string, value: number) =>
    new Counter({ name, help, registers }).inc(value)
  const gauge = (name: string, help: string, value: number) => new Gauge({ name, help, registers }).set(value)
  count(
    'tenantry_metric_drift_total',
    'Days whose metrics the audit found to differ from their events',
    health.driftedDays,
  )
  count('tenantry_metric_audited_total', 'Days that the audit compared with their events', health.auditedDays)
  gauge('tenantry_metric_markers', 'Markers of events that no metric holds yet', health.markers)
  gauge('tenantry_metric_lag_seconds', 'Age of the oldest such marker', health.lagSeconds)
  gauge('tenantry_queue_due_jobs', 'Jobs that are due and that no worker has taken', queue.due)
  gauge('tenantry_queue_lag_seconds', 'For how long the oldest of them has been due', queue.lagSeconds)
  gauge('tenantry_queue_given_up_jobs', 'Jobs that ran out of attempts', queue.givenUp)
  return registers[0] as Registry
}

/** Compared by hash, so that the time it takes tells nothing of the token. */
function isToken(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined || authorization === undefined) return false
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(authorization), hash(`Bearer ${token}`))
}
