import { v7 as uuidv7 } from 'uuid'
import { authorize } from '../../support/server.ts'
import type { Sample } from './sample.ts'
import type { Stage } from './stage.ts'

/** Puts into an organization what is as long as it may be and has no place to break; gives the pages that show it. */
export async function insertExtremes(
  stage: Stage,
  { organizationId }: Pick<Sample, 'organizationId'>,
): Promise<string[]> {
  const { admin } = stage.database
  await admin.query('UPDATE organizations SET max_agents = NULL WHERE id = $1', [organizationId])
  const { rows: agents } = await admin.query(
    `INSERT INTO agents (organization_id, user_id, name)
     SELECT $1, id, repeat('W', 255) FROM users WHERE organization_id = $1 LIMIT 1 RETURNING id`,
    [organizationId],
  )
  const agentId = agents[0].id
  const { rows: conversations } = await admin.query(
    `INSERT INTO conversations (organization_id, agent_id, end_user_id, title, ended_at)
     VALUES ($1, $2, repeat('w', 255), repeat('W', 255), now()) RETURNING id`,
    [organizationId, agentId],
  )
  const conversationId = conversations[0].id
  await admin.query(
    `INSERT INTO messages (organization_id, conversation_id, role, content)
     VALUES ($1, $2, 'assistant', repeat('W', 2000))`,
    [organizationId, conversationId],
  )
  await admin.query(
    `INSERT INTO activity_logs (organization_id, actor_name, action_type, resource_type, resource_name, metadata, ip_address)
     VALUES ($1, repeat('W', 255), repeat('a', 49) || '.' || repeat('b', 50), 'agent', repeat('w', 255),
       jsonb_build_object('note', repeat('W', 1000)), '2001:db8:1111:2222:3333:4444:5555:6666')`,
    [organizationId],
  )
  const { authorization } = await authorize(stage.database, { id: organizationId }, ['events:write'])
  const end_user_id = 'w'.repeat(255)
  const answer = await fetch(`${stage.url}/v1/organizations/${organizationId}/events`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: ['W'.repeat(100), 'agent.error'].map(event_type => ({
        id: uuidv7(),
        event_type,
        end_user_id,
        agent_id: agentId,
        conversation_id: conversationId,
        properties: { message: 'W'.repeat(2000), code: 'w'.repeat(200) },
      })),
    }),
  })
  const { inserted } = Object(await answer.json())
  if (inserted !== 2) throw new Error('the events were not stored')
  return [
    '/agents?sort=name&order=desc',
    `/agents/${agentId}`,
    `/conversations?agent_id=${agentId}&status=active`,
    `/conversations/${conversationId}`,
    `/events?agent_id=${agentId}`,
    '/activity',
  ]
}
