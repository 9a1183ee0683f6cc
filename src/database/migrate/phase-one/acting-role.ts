import pg from 'pg'
import type { MigrationSession } from '../session.ts'

/** Who changes a host's table: a superuser as itself, anybody else as the owner, whose member it must be. */
export function alteringRole(session: MigrationSession, owner: string): string {
  return pg.escapeIdentifier(session.superuser ? session.user : owner)
}

/** Runs `work` outside a transaction with the rights that changing a table of `owner` needs. */
export async function asHost<T>(
  session: MigrationSession,
  owner: string,
  work: () => Promise<T>,
): Promise<T> {
  await session.client.query(`SET ROLE ${alteringRole(session, owner)}`)
  try {
    return await work()
  } finally {
    await session.client.query('RESET ROLE')
  }
}
