import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import type { AgentPage, AgentReport } from './query.ts'

/** Switches an agent on or off: shown at once wherever it stands, and taken back where it is refused. */
export function useActivation(agentId: string) {
  const { organization } = useSession()
  const queries = useQueryClient()
  const path = { organizationId: organization.id, agentId }
  const inTables = { queryKey: ['metrics', organization.id, 'agents'] }
  const onItsPage = { queryKey: ['metrics', organization.id, 'agent', agentId] }
  const show = (isActive: boolean) => {
    queries.setQueriesData<InfiniteData<AgentPage>>(
      inTables,
      table => table && { ...table, pages: table.pages.map(page => switched(page, agentId, isActive)) },
    )
    queries.setQueriesData<AgentReport>(onItsPage, report => report && { ...report, is_active: isActive })
  }
  return useMutation({
    // Two clicks in a row reach the server in their order.
    scope: { id: `activation of ${agentId}` },
    mutationFn: (isActive: boolean) => {
      const address = '/v1/organizations/{organizationId}/agents/{agentId}/activation' as const
      return isActive ? api.PUT(address, { params: { path } }) : api.DELETE(address, { params: { path } })
    },
    onMutate: async isActive => {
      // An answer that is under way would show what was before.
      await Promise.all([queries.cancelQueries(inTables), queries.cancelQueries(onItsPage)])
      show(isActive)
    },
    onError: (_refusal, isActive) => show(!isActive),
    onSettled: () => queries.invalidateQueries({ queryKey: ['metrics'] }),
  })
}

const switched = (page: AgentPage, agentId: string, isActive: boolean): AgentPage => ({
  ...page,
  data: page.data.map(agent => (agent.id === agentId ? { ...agent, is_active: isActive } : agent)),
})
