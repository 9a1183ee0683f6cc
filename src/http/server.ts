import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import type { App, Context } from './context.ts'
import { ROUTES } from './routes/index.ts'

/** The HTTP server, ready to listen or to be injected requests. Closing it answers what was accepted, then ends. */
export async function buildServer(context: Context): Promise<App> {
  const app: App = Fastify({ loggerInstance: context.log }).withTypeProvider<TypeBoxTypeProvider>()
  for (const routes of ROUTES) await routes(app, context)
  await app.ready()
  return app
}
