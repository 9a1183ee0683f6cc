import type { Routes } from '../context.ts'
import agentMetricsRoutes from './agents/agent-metrics.ts'
import agentRoutes from './agents/agents.ts'
import dailyMetricsRoutes from './analytics/daily-metrics.ts'
import eventRoutes from './analytics/events.ts'
import keptMailRoutes from './dev/mail.ts'
import healthRoutes from './status/health.ts'
import homeRoutes from './status/home.ts'
import readinessRoutes from './status/readiness.ts'

/** Every route module, in the order in which the reference shows them. */
export const ROUTES: readonly Routes[] = [
  homeRoutes,
  healthRoutes,
  readinessRoutes,
  keptMailRoutes,
  eventRoutes,
  dailyMetricsRoutes,
  agentRoutes,
  agentMetricsRoutes,
]
