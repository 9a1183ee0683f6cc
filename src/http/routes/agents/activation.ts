import type { FastifyRequest } from 'fastify'
import { inTenant } from '../../../database/transaction.ts'
import { setAgentActivation } from '../../../domains/agents/index.ts'
import { actorOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { AgentParams, AgentView, COUNTED, viewAgent } from './agent-schema.ts'

/** Which agents are switched on. */
export default function agentActivationRoutes(app: App, { pool }: Context): void {
  const path = '/v1/organizations/:organizationId/agents/:agentId/activation'
  const config = { scope: 'agents:write', permission: 'agents:write' } as const
  const shared = { tags: ['Agents'], params: AgentParams, response: { 200: AgentView } }

  app.put(
    path,
    {
      config,
      schema: { ...shared, operationId: 'activateAgent', summary: 'Activate an agent', description: COUNTED },
    },
    async request => setActivation(request, request.params, true),
  )

  app.delete(
    path,
    {
      config,
      schema: {
        ...shared,
        operationId: 'deactivateAgent',
        summary: 'Deactivate an agent',
        description: 'It counts against the plan no longer; its events are recorded all the same.',
      },
    },
    async request => setActivation(request, request.params, false),
  )

  async function setActivation(
    request: FastifyRequest,
    { organizationId, agentId }: { organizationId: string; agentId: string },
    isActive: boolean,
  ) {
    const agent = await inTenant(pool, organizationId.toLowerCase(), async tx =>
      setAgentActivation(tx, {
        agentId: agentId.toLowerCase(),
        isActive,
        actor: await actorOf(tx, request),
      }),
    )
    return viewAgent(agent)
  }
}
