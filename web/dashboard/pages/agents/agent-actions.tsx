import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { api } from '../../api.ts'
import { usePermission, useSession } from '../../session.ts'
import type { AgentReport } from './query.ts'

/** Renaming and switching on and off, for whoever may. Either can be undone in the same place. */
export function AgentActions({ agent }: { agent: AgentReport }) {
  const [opened, dialog] = useDisclosure()
  const { organization } = useSession()
  const path = { organizationId: organization.id, agentId: agent.id }
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['metrics'] })
  const activate = useMutation({
    mutationFn: (active: boolean) => {
      const address = '/v1/organizations/{organizationId}/agents/{agentId}/activation' as const
      return active ? api.PUT(address, { params: { path } }) : api.DELETE(address, { params: { path } })
    },
    onSettled: refresh,
  })
  if (!usePermission('agents:write')) return null
  return (
    <Group gap="xs">
      <Button variant="default" onClick={dialog.open}>
        Rename
      </Button>
      <Button
        variant="default"
        loading={activate.isPending}
        onClick={() => activate.mutate(!agent.is_active)}
      >
        {agent.is_active ? 'Deactivate' : 'Activate'}
      </Button>
      <Modal opened={activate.isError} onClose={activate.reset} title={`${agent.name} stays as it is`}>
        <ProblemAlert error={activate.error} />
      </Modal>
      <Rename agent={agent} opened={opened} onClose={dialog.close} />
    </Group>
  )
}

function Rename({ agent, opened, onClose }: { agent: AgentReport; opened: boolean; onClose: () => void }) {
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
      onClose()
      await queries.invalidateQueries({ queryKey: ['metrics'] })
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title="Rename the agent">
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
    </Modal>
  )
}
