import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { lastDays } from '../../../ui/period.ts'
import { SuggestedField } from '../../../ui/suggested-field.tsx'
import { useSession } from '../../session.ts'
import { AgentSelect } from '../agents/agent-select.tsx'
import { agentNameQuery } from '../agents/query.ts'
import type { ConversationsSearch } from './query.ts'

/** Which conversations are shown, in fields and in words. */
export function ConversationFilters({ search, onShow }: ConversationFiltersProps) {
  const [status, setStatus] = useState(search.status ?? '')
  // Going back changes the address: the field says what is shown.
  useEffect(() => setStatus(search.status ?? ''), [search.status])
  const showStatus = (chosen: string) => onShow({ status: chosen.trim() || undefined })
  return (
    <>
      <form
        onSubmit={event => {
          event.preventDefault()
          showStatus(status)
        }}
      >
        <Group align="flex-end" gap="sm">
          <AgentSelect
            value={search.agent_id ?? null}
            onChange={agentId => onShow({ agent_id: agentId ?? undefined })}
          />
          <SuggestedField
            label="Status"
            placeholder="Any"
            data={STATUSES}
            value={status}
            onChange={setStatus}
            onOptionSubmit={showStatus}
          />
          <Button type="submit" variant="light">
            Filter
          </Button>
        </Group>
      </form>
      <Said search={search} />
    </>
  )
}

/** Those that we write; a table that the product brought may have words of its own. */
const STATUSES = ['active', 'closed', 'archived']

type ConversationFiltersProps = {
  readonly search: ConversationsSearch
  readonly onShow: (change: ConversationsSearch) => void
}

function Said({ search: { agent_id: agentId, status } }: { search: ConversationsSearch }) {
  const { organization } = useSession()
  const { data: name, isError } = useQuery({
    ...agentNameQuery(organization.id, agentId ?? '', lastDays(1, organization.time_zone)),
    enabled: agentId !== undefined,
  })
  if (agentId === undefined && status === undefined) return null
  return (
    <Group gap="xs">
      <Text size="sm" role="status" style={{ overflowWrap: 'anywhere' }}>
        Only conversations
        {agentId !== undefined && (isError ? ' with an agent that is not known' : ` with ${name ?? '…'}`)}
        {status !== undefined && ` whose status is ${status}`}.
      </Text>
      <Button
        size="compact-sm"
        variant="subtle"
        renderRoot={props => <Link to="/conversations" search={{}} {...props} />}
      >
        Show all
      </Button>
    </Group>
  )
}
