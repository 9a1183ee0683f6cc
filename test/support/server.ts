import type pg from 'pg'
import { inTenant } from '../../src/database/transaction.ts'
import { createApiKey, SCOPES, type Scope } from '../../src/domains/organizations/index.ts'
import type { App, Context, Routes } from '../../src/http/context.ts'
import { buildServer } from '../../src/http/server.ts'
import { parseConfiguration } from '../../src/platform/configuration.ts'
import { createLogger } from '../../src/platform/logger.ts'

/** The real server on a test database, to be injected requests; the test closes it. */
export function buildTestServer(
  database: { pool: pg.Pool },
  options: {
    environment?: Record<string, string>
    context?: Partial<Context>
    routes?: readonly Routes[]
  } = {},
): Promise<App> {
  const context: Context = {
    pool: database.pool,
    configuration: parseConfiguration(options.environment ?? {}),
    log: createLogger('silent'),
    now: () => new Date(),
    ...options.context,
  }
  return buildServer(context, options.routes)
}

/** The headers of a request by a new key of the organization, with every scope unless some are named. */
export async function authorize(
  database: { pool: pg.Pool },
  organization: { id: string },
  scopes: readonly Scope[] = SCOPES,
): Promise<{ authorization: string; apiKeyId: string }> {
  const { id, key } = await inTenant(database.pool, organization.id, tx => createApiKey(tx, { scopes }))
  return { authorization: `Bearer ${key}`, apiKeyId: id }
}

/** The port on which a server listens. */
export function portOf(app: App): number {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address.port
}
