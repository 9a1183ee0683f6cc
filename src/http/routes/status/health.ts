import { Type } from 'typebox'
import { VERSION } from '../../../platform/version.ts'
import type { App } from '../../context.ts'

/** Answers as long as the process can: whoever restarts processes asks here, and never because the database is away. */
export default function healthRoutes(app: App): void {
  app.get(
    '/health',
    {
      config: { open: true, rateLimit: false },
      schema: {
        operationId: 'getHealth',
        tags: ['Status'],
        summary: 'Is the process alive?',
        response: {
          200: Type.Object({
            status: Type.Literal('alive'),
            version: Type.String(),
            uptime_seconds: Type.Integer(),
          }),
        },
      },
    },
    async () => ({
      status: 'alive' as const,
      version: VERSION,
      uptime_seconds: Math.floor(process.uptime()),
    }),
  )
}
