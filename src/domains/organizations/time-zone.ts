import { sql } from 'kysely'
import pg from 'pg'
import type { RoleTx } from '../../database/transaction.ts'
import { organizationInvalid } from './errors.ts'

/**
 * The time zone by its name in the IANA list, and in its spelling where that differs in letter case only. A name that
 * the list keeps for another one stays as it was written: which of the two is in use differs from system to system.
 */
export function parseTimeZone(text: string): string {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    if (/^[A-Za-z]/.test(text)) return timeZone.toLowerCase() === text.toLowerCase() ? timeZone : text
  } catch {
    // said below
  }
  throw timeZoneUnknown(text)
}

/** Refuses a zone that the database has no rules of: the days of an organization are cut there. */
export async function requireKnownTimeZone(tx: RoleTx, timeZone: string): Promise<void> {
  await sql`SELECT now() AT TIME ZONE ${timeZone}`.execute(tx).catch(error => {
    throw error instanceof pg.DatabaseError && error.code === INVALID_VALUE
      ? timeZoneUnknown(timeZone)
      : error
  })
}

const INVALID_VALUE = '22023'

const timeZoneUnknown = (text: string) =>
  organizationInvalid(`"${text}" is no time zone. Use a name of the IANA list, like Europe/Berlin.`)
