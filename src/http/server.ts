import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import { authenticate } from './authenticate.ts'
import { answerConnectionErrors } from './connection-errors.ts'
import type { App, Context, Routes } from './context.ts'
import { answerError } from './errors.ts'
import { defineFormats } from './formats.ts'
import { acceptIdempotencyKeys } from './idempotency.ts'
import { readJsonBodies } from './json-bodies.ts'
import { LIMITS } from './limits.ts'
import { answerNotFound } from './not-found.ts'
import { describeApi } from './openapi.ts'
import { servePages } from './pages.ts'
import { limitRates } from './rate-limits.ts'
import { RequestLog } from './request-log.ts'
import { requireAccess } from './require-access.ts'
import { ROUTES } from './routes/index.ts'
import { refuseWhileStopping } from './stopping.ts'
import { answerUnroutable } from './unroutable.ts'

/**
 * The HTTP server, ready to listen or to be injected requests. `close()` answers every request that was accepted,
 * refuses later ones with 503 and ends idle connections; only then may the pool be closed.
 */
export async function buildServer(context: Context, modules: readonly Routes[] = ROUTES): Promise<App> {
  const logger: FastifyBaseLogger = context.log
  const app: App = Fastify({
    loggerInstance: logger,
    logController: new RequestLog(),
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMilliseconds,
    handlerTimeout: LIMITS.handlerMilliseconds,
    keepAliveTimeout: LIMITS.keepAliveMilliseconds,
    http: {
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: LIMITS.headersMilliseconds,
      connectionsCheckingInterval: LIMITS.checkingMilliseconds,
    },
    clientErrorHandler: answerConnectionErrors,
    frameworkErrors: (error, request, reply) => answerUnroutable(app, error, request, reply),
    trustProxy: context.configuration.trustedProxies.length > 0 && [...context.configuration.trustedProxies],
    return503OnClosing: false, // refuseWhileStopping does it, as a problem
    requestIdHeader: false,
    genReqId: request => givenRequestId(request.headers['x-request-id']) ?? randomUUID(),
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false },
      onCreate: defineFormats,
    },
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setErrorHandler(answerError)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  refuseWhileStopping(app)
  requireAccess(app)
  await app.register(helmet, protection(context.configuration.url))
  await app.register(cookie)
  await limitRates(app, context)
  answerNotFound(app)
  authenticate(app, context)
  readJsonBodies(app)
  acceptIdempotencyKeys(app, context)
  await describeApi(app)
  await servePages(app)
  for (const routes of modules) await app.register(async scope => routes(scope, context))
  await app.ready()
  return app
}

/** The caller's own id of the request where it sent one that is safe to log, so that both logs can be joined. */
function givenRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,64}$/.test(header) ? header : undefined
}

/** On plain http a browser must not be told to use https: it would never reach the server again. */
function protection(url: string) {
  const isHttps = url.startsWith('https:')
  return {
    strictTransportSecurity: isHttps,
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
  }
}
