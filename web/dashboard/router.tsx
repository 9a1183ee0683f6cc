import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { periodOf } from '../ui/period.ts'
import { address } from './address.ts'
import { loaded } from './loaded.ts'
import { activitySearchOf } from './pages/activity/query.ts'
import { agentsSearchOf } from './pages/agents/query.ts'
import { conversationsSearchOf } from './pages/conversations/query.ts'
import { eventsSearchOf } from './pages/events/query.ts'
import { queries } from './queries.ts'
import { sessionQuery } from './session.ts'
import { FailedPage } from './shell/failed-page.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { Root } from './shell/root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage, errorComponent: FailedPage })

/** Pages that anybody may open. Each is loaded when it is asked for. */
const access = (path: string, page: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({ getParentRoute: () => root, path, component: loaded(page, name) })

/** What is open to members only: nobody comes in without a session, and whoever had one comes back to where they were. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const session = await queries.ensureQueryData(sessionQuery)
    if (session !== null) return
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
  },
  component: loaded(() => import('./shell/shell.tsx'), 'Shell'),
})

const member = (path: string, page: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({ getParentRoute: () => shell, path, component: loaded(page, name) })

const period = { validateSearch: periodOf }
const overview = createRoute({
  getParentRoute: () => shell,
  path: '/',
  ...period,
  component: loaded(() => import('./pages/overview/overview.tsx'), 'OverviewPage'),
})
const agents = createRoute({
  getParentRoute: () => shell,
  path: '/agents',
  validateSearch: agentsSearchOf,
  component: loaded(() => import('./pages/agents/agents.tsx'), 'AgentsPage'),
})
const agent = createRoute({
  getParentRoute: () => shell,
  path: '/agents/$agentId',
  ...period,
  component: loaded(() => import('./pages/agents/agent.tsx'), 'AgentPage'),
})
const events = createRoute({
  getParentRoute: () => shell,
  path: '/events',
  validateSearch: eventsSearchOf,
  component: loaded(() => import('./pages/events/events.tsx'), 'EventsPage'),
})
const conversations = createRoute({
  getParentRoute: () => shell,
  path: '/conversations',
  validateSearch: conversationsSearchOf,
  component: loaded(() => import('./pages/conversations/conversations.tsx'), 'ConversationsPage'),
})
const conversation = createRoute({
  getParentRoute: () => shell,
  path: '/conversations/$conversationId',
  component: loaded(() => import('./pages/conversations/conversation.tsx'), 'ConversationPage'),
})

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  validateSearch: activitySearchOf,
  component: loaded(() => import('./pages/activity/activity.tsx'), 'ActivityPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Said of each key, or what the address held would stand: only a path of ours may be gone to afterwards.
  validateSearch: (
    search: Record<string, unknown>,
  ): { next?: string | undefined; reason?: 'ended' | undefined } => ({
    next: typeof search.next === 'string' && /^\/(?![/\\])/.test(search.next) ? search.next : undefined,
    reason: search.reason === 'ended' ? 'ended' : undefined,
  }),
  component: loaded(() => import('./pages/access/sign-in.tsx'), 'SignInPage'),
})

const routes = root.addChildren([
  signIn,
  access('/sign-up', () => import('./pages/access/sign-up.tsx'), 'SignUpPage'),
  access('/forgot-password', () => import('./pages/access/forgot-password.tsx'), 'ForgotPasswordPage'),
  access('/reset', () => import('./pages/access/set-password.tsx'), 'SetPasswordPage'),
  access('/set-password', () => import('./pages/access/set-password.tsx'), 'SetPasswordPage'),
  access('/verify', () => import('./pages/access/verify-email.tsx'), 'VerifyEmailPage'),
  access('/change-email', () => import('./pages/access/change-email.tsx'), 'ChangeEmailPage'),
  shell.addChildren([
    overview,
    agents,
    agent,
    conversations,
    conversation,
    events,
    activity,
    member('/api-keys', () => import('./pages/settings/api-keys.tsx'), 'ApiKeysPage'),
    member('/settings', () => import('./pages/settings/organization.tsx'), 'OrganizationPage'),
    member('/profile', () => import('./pages/settings/profile.tsx'), 'ProfilePage'),
    member('/notifications', () => import('./pages/notifications/notifications.tsx'), 'NotificationsPage'),
  ]),
])

export const router = createRouter({
  routeTree: routes,
  ...address,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: FailedPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
