import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { sameDatabase } from '../../../platform/same-database.ts'
import type { App, Context } from '../../context.ts'
import { watchReadiness } from '../../readiness.ts'
import { renderPage, STYLE } from './page.ts'

/** The page of whoever runs the server: what runs, where everything is, what to type next. Loads nothing from anywhere. */
export default function statusRoutes(app: App, context: Context): void {
  const checkReadiness = watchReadiness(context)
  app.get('/status', { config: { open: true }, schema: { hide: true } }, async (_request, reply) => {
    const now = context.now()
    const page = renderPage({
      url: context.configuration.url,
      database: sameDatabase(context.configuration),
      checks: await checkReadiness(),
      exampleEventId: uuidv7({ msecs: now.getTime() }),
      today: now.toISOString().slice(0, 10),
    })
    return reply
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page)
  })
}

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
