import type { RouteOptions } from 'fastify'
import type { App } from './context.ts'

/** The server does not start with a route that states neither a scope, nor a permission, nor that it is open to anybody. */
export function requireAccess(app: App): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', route => {
    routes.push(route)
  })
  app.addHook('onReady', async () => {
    const undecided = routes.filter(
      ({ config }) =>
        (config?.scope === undefined && config?.permission === undefined) === (config?.open !== true),
    )
    if (undecided.length === 0) return
    const names = undecided.map(({ method, url }) => `${method} ${url}`).join(', ')
    throw new Error(`state config.scope or config.permission, or else config.open, for: ${names}`)
  })
}
