import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import type { AgentReport } from './query.ts'

export function RenameAgent({ agent, opened, onClose }: RenameAgentProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Rename the agent">
      <NameForm agent={agent} onDone={onClose} />
    </Dialog>
  )
}

type RenameAgentProps = {
  readonly agent: AgentReport
  readonly opened: boolean
  readonly onClose: () => void
}

/** Lives as long as the dialog is open, so that each opening begins with the present name. */
function NameForm({ agent, onDone }: { agent: AgentReport; onDone: () => void }) {
  const { organization } = useSession()
  const queries = useQueryClient()
  const [name, setName] = useState(agent.name)
  const rename = useMutation({
    mutationFn: () =>
      api.PUT('/v1/organizations/{organizationId}/agents/{agentId}', {
        params: { path: { organizationId: organization.id, agentId: agent.id } },
        body: { name },
      }),
    onSuccess: async () => {
      onDone()
      void queries.invalidateQueries({ queryKey: ['agents'] })
      await queries.invalidateQueries({ queryKey: ['metrics'] })
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        rename.mutate()
      }}
    >
      <Stack>
        <ProblemAlert error={rename.error} />
        <TextInput
          label="Name"
          required
          maxLength={255}
          data-autofocus
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button type="submit" loading={rename.isPending}>
          Rename
        </Button>
      </Stack>
    </form>
  )
}
