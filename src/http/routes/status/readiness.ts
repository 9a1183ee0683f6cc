import { Type } from 'typebox'
import { AppError } from '../../../platform/errors.ts'
import type { App, Context } from '../../context.ts'
import { type Check, watchReadiness } from '../../readiness.ts'

/** Answers whether requests should be sent here: 200, or 503 with the check that failed and what to do. */
export default function readinessRoutes(app: App, context: Context): void {
  const checkReadiness = watchReadiness(context)
  app.get(
    '/ready',
    {
      config: { open: true, rateLimit: false },
      schema: {
        operationId: 'getReadiness',
        tags: ['Status'],
        summary: 'Can it do its work: database, migrations, worker?',
        response: {
          200: Type.Object({
            status: Type.Literal('ready'),
            checks: Type.Array(
              Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.String() }),
            ),
          }),
        },
      },
    },
    async () => {
      const checks = await checkReadiness()
      if (checks.some(({ ok }) => !ok)) throw notReady(checks)
      return { status: 'ready' as const, checks: [...checks] }
    },
  )
}

const notReady = (checks: readonly Check[]) =>
  new AppError(
    'server.not_ready',
    'unavailable',
    checks.flatMap(({ name, ok, detail }) => (ok ? [] : [`The check "${name}" failed: ${detail}`])).join(' '),
    { checks },
  )
