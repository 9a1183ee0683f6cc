import { type Static, Type } from 'typebox'
import type { Agent } from '../../../domains/agents/index.ts'
import { OrganizationParams } from '../../schemas.ts'

export const AgentParams = Type.Object({
  ...OrganizationParams.properties,
  agentId: Type.String({ format: 'uuid', description: 'A UUID of any version, yours or ours.' }),
})

export const AgentInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255 }),
    is_active: Type.Optional(
      Type.Boolean({ description: 'Left out, it stays as it is; a new agent is active.' }),
    ),
  },
  { additionalProperties: false },
)

export const AgentView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  is_active: Type.Boolean(),
})

export function viewAgent({ id, name, isActive }: Agent): Static<typeof AgentView> {
  return { id, name, is_active: isActive }
}

/** How agents count, said with every operation that may be refused for it. */
export const COUNTED =
  'Active agents count against the plan; an inactive one can always be registered, and its events are recorded like any other.'
