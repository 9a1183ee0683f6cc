import { AppError } from '../../platform/errors.ts'

export const agentIdInvalid = (agentId: string) =>
  new AppError('agents.id_invalid', 'invalid', `"${agentId}" is no UUID. Make one for the agent and keep it.`)

export const agentNameInvalid = () =>
  new AppError(
    'agents.name_invalid',
    'invalid',
    'The name of an agent has 1 to 255 characters, none of them a control character. Choose another one.',
  )

/** Said of every id that is in use elsewhere, by whom and for what is not: it proves nothing about another organization. */
export const agentIdUnavailable = (agentId: string) =>
  new AppError(
    'agents.id_unavailable',
    'conflict',
    `The id ${agentId} cannot be used for an agent of this organization. Make a new random UUID for it.`,
  )

export const agentLimitReached = () =>
  new AppError(
    'agents.limit_reached',
    'conflict',
    'The organization has as many active agents as its plan allows. Deactivate another one, or move to a larger plan. An inactive agent may be registered all the same ("is_active": false), and its events are recorded.',
  )

/** The agents table came with the host product and demands more than we know about an agent. */
export const agentColumnRequired = (column: string) =>
  new AppError(
    'agents.column_required',
    'conflict',
    `The table agents of this database demands a value for "${column}", which is not known here. Register the agent in the product that owns the table, or give the column a default.`,
    { column },
  )

export const agentRefusedByHost = (reason: string, cause: unknown) =>
  new AppError(
    'agents.refused_by_table',
    'conflict',
    `The table agents of this database refuses this agent: ${reason}. Register it in the product that owns the table.`,
    {},
    { cause },
  )

export const agentNotFound = (agentId: string) =>
  new AppError(
    'agents.not_found',
    'not_found',
    `This organization has no agent ${agentId}. Check the id, or register the agent with PUT …/agents/{agentId}.`,
  )

export const conversationNotFound = (conversationId: string) =>
  new AppError(
    'agents.conversation_not_found',
    'not_found',
    `This organization has no conversation ${conversationId}. GET …/conversations lists those that it has.`,
  )

export const positionInvalid = () =>
  new AppError(
    'request.cursor_invalid',
    'invalid',
    'This cursor is not one that an answer gave. Leave it out to begin at the first page.',
  )
