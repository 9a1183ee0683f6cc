import type { TenantTx } from '../../database/transaction.ts'
import { checkPeriod, type Period } from './period.ts'

/** The organization's figures of each day in the period that has any, in order; null where nothing was measured. */
export async function readDailyMetrics(tx: TenantTx, period: Period) {
  const { from, to } = checkPeriod(period)
  return tx
    .selectFrom('daily_metrics')
    .select([
      'date',
      'total_messages',
      'total_conversations',
      'total_tokens',
      'unique_users',
      'avg_response_time',
      'agent_count',
      'workflow_executions',
    ])
    .where('organization_id', '=', tx.organizationId)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .execute()
}
