import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type pg from 'pg'
import type { Permission, Scope } from '../domains/organizations/index.ts'
import type { Configuration } from '../platform/configuration.ts'
import type { Logger } from '../platform/logger.ts'

/** What the HTTP side is given; it makes none of it and closes none of it. */
export type Context = {
  readonly pool: pg.Pool
  readonly configuration: Configuration
  readonly log: Logger
  readonly now: () => Date
}

/** The server with request and reply types taken from each route's schema. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/**
 * A route module: `export default function eventRoutes(app, context) { app.post(…) }`, listed in routes/index.ts.
 * Each route states who may call it: `config: { scope: 'events:write' }` keys, `config: { permission: 'agents:write' }`
 * members who are signed in, both of them either, `config: { open: true }` anybody. One that states none does not start.
 */
export type Routes = (app: App, context: Context) => unknown

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that the caller's API key must hold. The URL's organization is the key's, or the answer is 404. */
    scope?: Scope
    /** What the role of the member who is signed in must hold. A URL's organization is theirs, or the answer is 404. */
    permission?: Permission
    /** Answers anybody; limited by address. */
    open?: true
  }
}
