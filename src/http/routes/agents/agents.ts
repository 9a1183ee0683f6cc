import { randomUUID } from 'node:crypto'
import { inTenant } from '../../../database/transaction.ts'
import { registerAgent } from '../../../domains/agents/index.ts'
import { actorOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { keepAnswer } from '../../idempotency.ts'
import { OrganizationParams } from '../../schemas.ts'
import { AgentInput, AgentParams, AgentView, COUNTED, viewAgent } from './agent-schema.ts'

/** The agents that events may name. */
export default function agentRoutes(app: App, { pool }: Context): void {
  const config = { scope: 'agents:write', permission: 'agents:write' } as const
  const tags = ['Agents']

  app.post(
    '/v1/organizations/:organizationId/agents',
    {
      config,
      schema: {
        operationId: 'createAgent',
        tags,
        summary: 'Make an agent',
        description: `It gets an id of ours. One that has an id elsewhere is registered under that with PUT. ${COUNTED}`,
        params: OrganizationParams,
        body: AgentInput,
        response: { 201: AgentView },
      },
    },
    async (request, reply) => {
      const { name, is_active: isActive } = request.body
      const answer = await inTenant(pool, request.params.organizationId.toLowerCase(), async tx => {
        const actor = await actorOf(tx, request)
        const agent = await registerAgent(tx, { id: randomUUID(), name, isActive, actor })
        return keepAnswer(tx, request, { status: 201, body: viewAgent(agent) })
      })
      return reply.code(201).send(answer)
    },
  )

  app.put(
    '/v1/organizations/:organizationId/agents/:agentId',
    {
      config,
      schema: {
        operationId: 'registerAgent',
        tags,
        summary: 'Register an agent under your own id, or change it',
        description: `The same again changes nothing. ${COUNTED}`,
        params: AgentParams,
        body: AgentInput,
        response: { 200: AgentView, 201: AgentView },
      },
    },
    async (request, reply) => {
      const { organizationId, agentId } = request.params
      const { name, is_active: isActive } = request.body
      const agent = await inTenant(pool, organizationId.toLowerCase(), async tx =>
        registerAgent(tx, { id: agentId, name, isActive, actor: await actorOf(tx, request) }),
      )
      return reply.code(agent.isNew ? 201 : 200).send(viewAgent(agent))
    },
  )
}
