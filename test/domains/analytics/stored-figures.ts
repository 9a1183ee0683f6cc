import type pg from 'pg'

/** What the database holds, in the shape of {@link recompute}. */
export async function storedFigures(admin: pg.Pool) {
  const days = await admin.query(
    `SELECT organization_id || ' ' || date AS key, total_messages, total_conversations, total_tokens, unique_users,
       avg_response_time, agent_count, workflow_executions, error_count, response_time_histogram AS histogram
     FROM daily_metrics ORDER BY (organization_id || ' ' || date) COLLATE "C"`,
  )
  const agentDays = await admin.query(
    `SELECT agent_id || ' ' || date AS key, message_count, conversation_count, total_tokens, avg_response_time,
       error_count, satisfaction_score, response_time_histogram AS histogram
     FROM agent_metrics ORDER BY (agent_id || ' ' || date) COLLATE "C"`,
  )
  const active = await admin.query(
    `SELECT organization_id || ' ' || date || ' ' || encode(user_key, 'hex') AS line FROM daily_active_users`,
  )
  const returns = await admin.query(
    `SELECT organization_id || ' ' || date || ' ' || previous_date || ' ' || users AS line FROM active_user_returns`,
  )
  return {
    days: days.rows,
    agentDays: agentDays.rows,
    active: active.rows.map(row => row.line).sort(),
    returns: returns.rows.map(row => row.line).sort(),
  }
}
