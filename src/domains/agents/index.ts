/**
 * Agents: which agents an organization has, and what they were told and answered.
 * Owns the tables agents, conversations, messages, workflows and workflow_executions; nobody else of ours writes them,
 * and a host product that brought them writes them too.
 */
export type { Agent } from './agent.ts'
export { beginConversations, ownsConversations } from './begin-conversations.ts'
export type { Conversation } from './conversation.ts'
export { listConversations } from './list-conversations.ts'
export { listMessages, type Message } from './list-messages.ts'
export type { Page } from './page.ts'
export { type Columns, columnOf, instantOf, numberOf, readColumns } from './read-columns.ts'
export { readConversation } from './read-conversation.ts'
export { registerAgent } from './register-agent.ts'
export { requireAgent } from './require-agent.ts'
export { setAgentActivation } from './set-agent-activation.ts'

export const tables = ['agents', 'conversations', 'messages', 'workflows', 'workflow_executions'] as const
