import type pg from 'pg'

/** What one check found. `remedy` says what to do; `sql` is what an administrator of the server runs for it. */
export type Finding = {
  readonly state: 'ok' | 'warning' | 'failed'
  readonly message: string
  readonly remedy?: string
  readonly sql?: readonly string[]
}

/** What is examined: the database through the login that serves requests, which is all that the product itself has. */
export type Subject = {
  readonly pool: pg.Pool
  readonly url: string
}

export const ok = (message: string): Finding => ({ state: 'ok', message })

export const warning = (message: string, remedy: string, sql?: readonly string[]): Finding =>
  sql ? { state: 'warning', message, remedy, sql } : { state: 'warning', message, remedy }

export const failed = (message: string, remedy: string, sql?: readonly string[]): Finding =>
  sql ? { state: 'failed', message, remedy, sql } : { state: 'failed', message, remedy }

/** The findings, or where there is none the one that says that all is well. */
export const orOk = (findings: readonly Finding[], message: string): Finding[] =>
  findings.length > 0 ? [...findings] : [ok(message)]
