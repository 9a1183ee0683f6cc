import type pg from 'pg'
import { inRole, inTenant } from '../database/transaction.ts'
import { auditMetrics, changeTimeZone, rollUpDay } from '../domains/analytics/index.ts'
import { pruneAnswers } from '../domains/idempotency/index.ts'
import { removeExpired, sendPasswordReset } from '../domains/identity/index.ts'
import { deliverMail, pruneMail, READ_NOTIFICATION_RETENTION } from '../domains/notifications/index.ts'
import { ACTIVITY_LOG_RETENTION } from '../domains/organizations/index.ts'
import { applyRetention } from '../maintenance/apply-retention.ts'
import { archiveEvents } from '../maintenance/archive/archive-events.ts'
import { createPartitions } from '../maintenance/partitions.ts'
import { refreshOrganizationMetrics } from '../maintenance/refresh-organization-metrics.ts'
import type { ArchiveStore } from '../platform/archive-store.ts'
import type { EventRetention } from '../platform/configuration.ts'
import type { Logger } from '../platform/logger.ts'
import type { MailTransport } from '../platform/mail/transport.ts'
import type { Task, Tasks } from '../queue/tasks.ts'
import type { RollUpPace } from './roll-up-pace.ts'

export type HandlerContext = {
  readonly pool: pg.Pool
  readonly now: () => Date
  readonly pace: RollUpPace
  readonly log: Logger
  readonly mail: MailTransport
  /** The public address of this installation, with which the links in mails begin. */
  readonly publicUrl: string
  /** Cold storage, and when events go there. */
  readonly archive: ArchiveStore
  readonly eventRetention: EventRetention
}

type Handlers = { readonly [T in Task]: (context: HandlerContext, payload: Tasks[T]) => Promise<unknown> }

/** What is done for each task: one line into the domain. Returning is done, throwing is tried again; both may happen twice. A number that is given is how many rows it was about. */
export const HANDLERS: Handlers = {
  'analytics.roll-up': ({ pool, pace }, { organizationId, date }) =>
    pace.measure({ organizationId, date }, () =>
      inTenant(pool, organizationId, tx => rollUpDay(tx, { date }), 'tenantry_jobs'),
    ),
  'analytics.change-time-zone': ({ pool }, { organizationId }) =>
    inTenant(pool, organizationId, changeTimeZone, 'tenantry_jobs'),
  'analytics.audit': ({ pool, log }) =>
    auditMetrics(pool, {
      onDrift: (day, differing) =>
        log.error(
          { ...day, differing },
          'worker: the metrics of a day differed from its events; it is recomputed',
        ),
    }),
  'identity.send-password-reset': ({ pool, now, mail, publicUrl }, { email }) =>
    sendPasswordReset(pool, {
      email,
      mail: { url: publicUrl, isSetUp: mail.delivery !== 'none' },
      now: now(),
    }),
  'identity.remove-expired': ({ pool, now }) => removeExpired(pool, { now: now() }),
  'maintenance.create-partitions': ({ pool, now }) => createPartitions(pool, { now: now() }),
  'maintenance.refresh-organization-metrics': ({ pool }) =>
    inRole(pool, 'tenantry_jobs', refreshOrganizationMetrics),
  'maintenance.archive-events': ({ pool, now, archive, eventRetention }) =>
    archiveEvents(pool, { store: archive, retention: eventRetention, now: now() }),
  'maintenance.archive-activity-logs': ({ pool, now }) =>
    applyRetention(pool, { policy: ACTIVITY_LOG_RETENTION, now: now() }),
  'maintenance.remove-read-notifications': ({ pool, now }) =>
    applyRetention(pool, { policy: READ_NOTIFICATION_RETENTION, now: now() }),
  'mail.send': ({ pool, now, mail }, { messageId }) =>
    deliverMail(pool, { messageId, transport: mail, now: now() }),
  'idempotency.prune': ({ pool }) => inRole(pool, 'tenantry_jobs', pruneAnswers),
  'mail.prune': ({ pool, now }) => inRole(pool, 'tenantry_jobs', tx => pruneMail(tx, { now: now() })),
}
