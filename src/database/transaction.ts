import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import type { Role } from './roles.ts'
import type { DB } from './schema.ts'

/** A transaction in one role. Only {@link inRole} and {@link inTenant} make one. */
export class RoleTx extends Kysely<DB> {
  readonly role: Role
  /** The connection of this transaction, for what the query builder cannot say (COPY, cursors). */
  readonly client: pg.PoolClient

  constructor(connection: pg.PoolClient, role: Role) {
    super({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new OneConnectionDriver(connection),
        createIntrospector: db => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    })
    this.role = role
    this.client = connection
  }
}

/** A transaction that sees one organization only: row-level security holds what a forgotten WHERE would let through. */
export class TenantTx extends RoleTx {
  readonly organizationId: string

  constructor(connection: pg.PoolClient, role: Role, organizationId: string) {
    super(connection, role)
    this.organizationId = organizationId
  }
}

/** Runs `work` in one transaction as a tenant of `organizationId`; commits what it returns, rolls back what it throws. */
export function inTenant<T>(
  pool: pg.Pool,
  organizationId: string,
  work: (tx: TenantTx) => Promise<T>,
  role: Role = 'tenantry_tenant',
): Promise<T> {
  if (!UUID.test(organizationId)) throw new TypeError(`not an organization id: ${organizationId}`)
  const opening = `BEGIN; SET LOCAL ROLE ${role}; SET LOCAL app.organization_id = '${organizationId}'`
  return transact(pool, opening, connection => work(new TenantTx(connection, role, organizationId)))
}

/** Runs `work` in one transaction in a role that is not bound to one organization (jobs, ingest, admin). */
export function inRole<T>(pool: pg.Pool, role: Role, work: (tx: RoleTx) => Promise<T>): Promise<T> {
  return transact(pool, `BEGIN; SET LOCAL ROLE ${role}`, connection => work(new RoleTx(connection, role)))
}

/** Roles that one transaction takes one after the other; only {@link inTurns} makes it. */
export type Turns = {
  inRole<T>(role: Role, work: (tx: RoleTx) => Promise<T>): Promise<T>
  inTenant<T>(organizationId: string, work: (tx: TenantTx) => Promise<T>, role?: Role): Promise<T>
}

/**
 * Runs `work` in one transaction that takes several roles by turns, of several organizations: for what fills a whole
 * database and must be there as a whole or not at all. A turn ends when its work does; one at a time, never nested.
 */
export function inTurns<T>(pool: pg.Pool, work: (turns: Turns) => Promise<T>): Promise<T> {
  return transact(pool, 'BEGIN', connection => {
    const take = (role: Role, organizationId: string) =>
      connection.query(`SET LOCAL ROLE ${role}; SET LOCAL app.organization_id = '${organizationId}'`)
    return work({
      async inRole(role, turn) {
        await take(role, '')
        return turn(new RoleTx(connection, role))
      },
      async inTenant(organizationId, turn, role = 'tenantry_tenant') {
        if (!UUID.test(organizationId)) throw new TypeError(`not an organization id: ${organizationId}`)
        await take(role, organizationId)
        return turn(new TenantTx(connection, role, organizationId))
      },
    })
  })
}

/** The opening is one packet of literals: nothing of it outlives the transaction, and Citus routes by it. */
async function transact<T>(
  pool: pg.Pool,
  opening: string,
  work: (connection: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect()
  let broken: Error | undefined
  try {
    await connection.query(opening)
    const result = await work(connection)
    await connection.query('COMMIT')
    return result
  } catch (error) {
    // A connection whose rollback fails is in an unknown state and never goes back to the pool.
    await connection.query('ROLLBACK').catch(rollbackError => {
      broken = rollbackError
    })
    throw error
  } finally {
    connection.release(broken)
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Gives Kysely the one connection of an open transaction; the transaction itself is opened and ended outside. */
class OneConnectionDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(connection: pg.PoolClient) {
    this.#connection = {
      async executeQuery<R>(query: { sql: string; parameters: readonly unknown[] }): Promise<QueryResult<R>> {
        const result = await connection.query(query.sql, [...query.parameters])
        return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
      },
      // biome-ignore lint/correctness/useYield: streaming goes through `connection`, with a cursor
      async *streamQuery() {
        throw new Error('use a cursor on the connection of the transaction')
      },
    }
  }

  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  async beginTransaction() {
    throw new Error('already in a transaction: pass the one you have')
  }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async releaseConnection() {}
  async destroy() {}
}
