import pg from 'pg'
import { agentColumnRequired, agentLimitReached, agentRefusedByHost } from './errors.ts'

/** The refusal in what the table says to an agent: the plan's limit, or a rule of the host that brought the table. */
export function refusalOf(error: unknown): Error | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined
  if (error.code === 'TN002') return agentLimitReached()
  if (error.code === '23502' && error.table === 'agents') return agentColumnRequired(error.column ?? '')
  if (error.code === '23514' && error.table === 'agents') return agentRefusedByHost(error.message, error)
  return undefined
}
