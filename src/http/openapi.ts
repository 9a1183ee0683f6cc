import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { RouteOptions } from 'fastify'
import { Type } from 'typebox'
import { VERSION } from '../platform/version.ts'
import type { App } from './context.ts'
import { PROBLEM_TYPE, Problem } from './problems.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

/** Describes every route from the schemas that its requests are held to: /openapi.json for programs, /docs for people. */
export async function describeApi(app: App): Promise<void> {
  app.addSchema(Problem)
  app.addHook('onRoute', describeAccess)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tenantry',
        version: VERSION,
        license: { name: 'MIT', identifier: 'MIT' },
        description: DESCRIPTION,
      },
      servers: [{ url: '/', description: 'This server' }],
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'tny_…',
            description: 'An API key of the organization in the URL, made by `tenantry api-key create`.',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: SESSION_COOKIE,
            description:
              'A member who is signed in: POST /v1/sessions sets the cookie. Requests that change something must come from a page of this server (Origin). The name in the list is the permission that their role must hold.',
          },
        },
      },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `schema-${i}`) },
  })
  await app.register(async reference => {
    reference.addHook('onRoute', route => {
      route.config = { ...route.config, open: true }
    })
    await reference.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: {
        layout: 'BaseLayout',
        validatorUrl: null,
        displayRequestDuration: true,
        tryItOutEnabled: true,
      },
      theme: { title: 'Tenantry API' },
      staticCSP: REFERENCE_POLICY,
    })
  })
  app.get(
    '/openapi.json',
    {
      config: { open: true },
      schema: {
        operationId: 'getOpenapi',
        tags: ['Status'],
        summary: 'This API, as OpenAPI 3.1',
        response: { 200: Type.Unknown({ description: 'An OpenAPI document.' }) },
      },
    },
    async (_request, reply) => reply.send(app.swagger()),
  )
}

/** Writes into the description what the server does to every route: who may call it, and how it refuses. */
function describeAccess(route: RouteOptions): void {
  const { schema } = route
  if (schema === undefined || schema.hide === true) return
  const { scope, permission } = route.config ?? {}
  const security = [
    ...(scope === undefined ? [] : [{ apiKey: [scope] }]),
    ...(permission === undefined ? [] : [{ session: [permission] }]),
  ]
  if (security.length > 0) schema.security = security
  const problem = { content: { [PROBLEM_TYPE]: { schema: { $ref: 'Problem#' } } } }
  schema.response = {
    ...(schema.response ?? {}),
    '4xx': { description: 'Refused: `detail` says why and what to do.', ...problem },
    '5xx': { description: 'Not carried out, for a reason on the side of the server.', ...problem },
  }
}

/** The reference page runs its own scripts and asks this server only; it draws with inline styles and data: images. */
const REFERENCE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const DESCRIPTION = `The back office of a multi-tenant AI-agent product.

Programs send an API key with each request: \`Authorization: Bearer tny_…\`. Members sign in and send the cookie of their session. Either opens one organization, the one in the URL.
Every refusal is a problem document (RFC 9457) with a stable \`code\` and a \`request_id\`.
A POST that takes an \`Idempotency-Key\` may be sent again: it is carried out once within 24 hours, and answered alike.
Answers say how many requests are left: \`ratelimit-limit\`, \`ratelimit-remaining\`, \`ratelimit-reset\` (seconds).`
