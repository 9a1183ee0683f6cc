import { v7 as uuidv7 } from 'uuid'
import type { CastOrganization } from '../support/cast.ts'
import { PASSWORD } from '../support/session.ts'

/** A request that succeeds for whoever is let in, so that no refusal of it can be for another reason. */
export type Row = {
  params?: Record<string, string>
  query?: Record<string, string>
  payload?: object
  /** Whoever is let in gets an answer that does not end. */
  endless?: boolean
}

/** What a row may need: the organization, and who calls where it is a member. */
export type Scene = {
  organization: CastOrganization
  /** Puts a notification into the inbox of the member who calls, and gives its id. */
  tell: () => Promise<string>
  /** Begins a conversation of the organization, and gives its id. */
  converse: () => Promise<string>
  /** Opens another session of the member who calls, and gives its id. */
  openAnother: () => Promise<string>
  /** Makes an API key of the organization, and gives its id. */
  makeKey: () => Promise<string>
}

/** Whom each operation lets in, and how it is called. A new operation needs a row here. */
export const ROWS: Record<string, 'open' | ((scene: Scene) => Row | Promise<Row>)> = {
  getHealth: 'open',
  getReadiness: 'open',
  getOpenapi: 'open',
  signUp: 'open',
  signIn: 'open',
  getMailbox: 'open',
  requestPasswordReset: 'open',
  completePasswordReset: 'open',
  completeEmailVerification: 'open',
  completeEmailChange: 'open',
  createEvents: () => ({
    payload: { events: [{ id: uuidv7(), event_type: 'message.created', end_user_id: 'visitor-1' }] },
  }),
  createAgent: () => ({ payload: { name: 'Helper', is_active: true } }),
  activateAgent: ({ organization }) => ({ params: { agentId: organization.agent.id } }),
  deactivateAgent: ({ organization }) => ({ params: { agentId: organization.agent.id } }),
  registerAgent: ({ organization }) => ({
    params: { agentId: organization.agent.id },
    payload: { name: 'Helper', is_active: true },
  }),
  getMetricsGlossary: 'open',
  listEvents: () => ({}),
  listEventTypes: () => ({}),
  exportEvents: () => ({}),
  getOverview: () => ({}),
  getActiveUsers: () => ({}),
  exportDailyMetrics: () => ({}),
  exportAgents: () => ({}),
  getAgentBusiestHours: ({ organization }) => ({ params: { agentId: organization.agent.id } }),
  listAgents: () => ({}),
  getAgent: ({ organization }) => ({ params: { agentId: organization.agent.id } }),
  listDailyMetrics: () => ({ query: { from: '2026-03-01', to: '2026-03-31' } }),
  listAgentMetrics: ({ organization }) => ({
    params: { agentId: organization.agent.id },
    query: { from: '2026-03-01', to: '2026-03-31' },
  }),
  listConversations: () => ({}),
  getConversation: async ({ converse }) => ({ params: { conversationId: await converse() } }),
  listConversationMessages: async ({ converse }) => ({ params: { conversationId: await converse() } }),
  listMessages: () => ({}),
  listActivity: () => ({}),
  exportActivity: () => ({}),
  listNotifications: () => ({}),
  markAllNotificationsRead: () => ({}),
  markNotificationRead: async ({ tell }) => ({ params: { notificationId: await tell() } }),
  markNotificationUnread: async ({ tell }) => ({ params: { notificationId: await tell() } }),
  getOrganization: () => ({}),
  updateOrganization: () => ({ payload: { time_zone: 'Europe/Berlin' } }),
  streamChanges: () => ({ endless: true }),
  listApiKeys: () => ({}),
  createApiKey: () => ({ payload: { scopes: ['events:write'] } }),
  rotateApiKey: async ({ makeKey }) => ({ params: { apiKeyId: await makeKey() }, payload: {} }),
  revokeApiKey: async ({ makeKey }) => ({ params: { apiKeyId: await makeKey() } }),
  getSession: () => ({}),
  signOut: () => ({}),
  listSessions: () => ({}),
  endSession: async ({ openAnother }) => ({ params: { sessionId: await openAnother() } }),
  endOtherSessions: () => ({}),
  changePassword: () => ({
    payload: { current_password: PASSWORD, password: 'another horse and another staple' },
  }),
  sendEmailVerification: () => ({}),
  requestEmailChange: () => ({ payload: { email: 'elsewhere@acme.test', password: PASSWORD } }),
  getProfile: () => ({}),
  updateProfile: () => ({ payload: { first_name: 'Grace' } }),
}

/** Needed only while the address is not verified, so the member who is let in has one that is not. */
export const BEFORE_VERIFICATION = ['sendEmailVerification']
