import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { registerAgent } from '../../../domains/agents/index.ts'
import { actorOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'

/** The agents that events may name. */
export default function agentRoutes(app: App, { pool }: Context): void {
  app.put(
    '/v1/organizations/:organizationId/agents/:agentId',
    {
      config: { scope: 'agents:write', permission: 'agents:write' },
      schema: {
        operationId: 'registerAgent',
        tags: ['Agents'],
        summary: 'Register an agent, or change it',
        description:
          'The id is your own. Active agents count against the plan; an inactive one can always be registered, and its events are recorded like any other.',
        params: Type.Object({
          ...OrganizationParams.properties,
          agentId: Type.String({ format: 'uuid', description: 'A UUID of any version, made by you.' }),
        }),
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 255 }),
            is_active: Type.Optional(
              Type.Boolean({ description: 'Left out, it stays as it is; a new agent is active.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Registered, 201: Registered },
      },
    },
    async (request, reply) => {
      const { organizationId, agentId } = request.params
      const { name, is_active: isActive } = request.body
      const agent = await inTenant(pool, organizationId.toLowerCase(), async tx =>
        registerAgent(tx, { id: agentId, name, isActive, actor: await actorOf(tx, request) }),
      )
      const answer = { id: agent.id, name: agent.name, is_active: agent.isActive }
      return reply.code(agent.isNew ? 201 : 200).send(answer)
    },
  )
}

const Registered = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  is_active: Type.Boolean(),
})
