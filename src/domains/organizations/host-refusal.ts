import pg from 'pg'
import type { AppError } from '../../platform/errors.ts'
import { columnRequired, refusedByTable } from './errors.ts'

/**
 * The refusal in what a table that came with a host product says to a row of ours: it may demand what only the host
 * knows, or hold rules of the host's. Undefined where the error is of another kind.
 */
export function hostRefusal(error: unknown, table: 'organizations' | 'users'): AppError | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined
  // What a trigger raises names no table.
  if (error.code === RAISED) return refusedByTable(table, error.message, error)
  if (error.table !== table) return undefined
  if (error.code === NOT_NULL) return columnRequired(table, error.column ?? '')
  return RULES.includes(error.code ?? '') ? refusedByTable(table, error.message, error) : undefined
}

const RAISED = 'P0001'
const NOT_NULL = '23502'
/** Keys, checks and exclusions. */
const RULES = ['23503', '23505', '23514', '23P01']
