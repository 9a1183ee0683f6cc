import type { TenantTx } from '../../database/transaction.ts'
import { requireAgent } from '../agents/index.ts'
import { checkPeriod, type Period } from './period.ts'

/** The agent's figures of each day in the period that has any, in order; an agent of someone else is not found. */
export async function readAgentMetrics(tx: TenantTx, { agentId, ...period }: Period & { agentId: string }) {
  const { from, to } = checkPeriod(period)
  await requireAgent(tx, agentId)
  return tx
    .selectFrom('agent_metrics')
    .select([
      'agent_id',
      'date',
      'conversation_count',
      'message_count',
      'avg_response_time',
      'total_tokens',
      'error_count',
      'satisfaction_score',
    ])
    .where('organization_id', '=', tx.organizationId)
    .where('agent_id', '=', agentId)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .execute()
}
