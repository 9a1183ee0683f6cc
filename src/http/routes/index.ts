import type { Routes } from '../context.ts'
import agentActivationRoutes from './agents/activation.ts'
import agentMetricsRoutes from './agents/agent-metrics.ts'
import agentReportRoutes from './agents/agent-reports.ts'
import agentRoutes from './agents/agents.ts'
import busiestHoursRoutes from './agents/busiest-hours.ts'
import conversationRoutes from './agents/conversations.ts'
import activeUserRoutes from './analytics/active-users.ts'
import dailyMetricsRoutes from './analytics/daily-metrics.ts'
import eventExplorerRoutes from './analytics/event-explorer.ts'
import eventExportRoutes from './analytics/event-export.ts'
import eventRoutes from './analytics/events.ts'
import glossaryRoutes from './analytics/glossary.ts'
import metricsExportRoutes from './analytics/metrics-export.ts'
import overviewRoutes from './analytics/overview.ts'
import keptMailRoutes from './dev/mail.ts'
import mailboxRoutes from './dev/mailbox.ts'
import deviceRoutes from './identity/devices.ts'
import emailRoutes from './identity/emails.ts'
import passwordRoutes from './identity/passwords.ts'
import profileRoutes from './identity/profile.ts'
import sessionRoutes from './identity/sessions.ts'
import signUpRoutes from './identity/sign-ups.ts'
import notificationRoutes from './notifications/notifications.ts'
import activityRoutes from './organizations/activity.ts'
import apiKeyRoutes from './organizations/api-keys.ts'
import organizationRoutes from './organizations/organization.ts'
import streamRoutes from './organizations/stream.ts'
import healthRoutes from './status/health.ts'
import metricsRoutes from './status/metrics.ts'
import readinessRoutes from './status/readiness.ts'
import statusRoutes from './status/status.ts'

/** Every route module, in the order in which the reference shows them. */
export const ROUTES: readonly Routes[] = [
  statusRoutes,
  healthRoutes,
  metricsRoutes,
  readinessRoutes,
  keptMailRoutes,
  eventRoutes,
  eventExplorerRoutes,
  eventExportRoutes,
  overviewRoutes,
  dailyMetricsRoutes,
  activeUserRoutes,
  metricsExportRoutes,
  glossaryRoutes,
  agentReportRoutes,
  busiestHoursRoutes,
  agentRoutes,
  agentActivationRoutes,
  agentMetricsRoutes,
  conversationRoutes,
  notificationRoutes,
  organizationRoutes,
  streamRoutes,
  activityRoutes,
  apiKeyRoutes,
  signUpRoutes,
  mailboxRoutes,
  sessionRoutes,
  deviceRoutes,
  passwordRoutes,
  emailRoutes,
  profileRoutes,
]
