import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { usePermission } from '../../session.ts'
import { ActivationRefused } from './activation-refused.tsx'
import type { AgentReport } from './query.ts'
import { RenameAgent } from './rename-agent.tsx'
import { useActivation } from './use-activation.ts'

/** Renaming and switching on and off, for whoever may. Either can be undone in the same place. */
export function AgentActions({ agent }: { agent: AgentReport }) {
  const [opened, dialog] = useDisclosure()
  const activation = useActivation(agent.id)
  if (!usePermission('agents:write')) return null
  return (
    <Group gap="xs">
      <Button variant="default" onClick={dialog.open}>
        Rename
      </Button>
      <Button variant="default" onClick={() => activation.mutate(!agent.is_active)}>
        {agent.is_active ? 'Deactivate' : 'Activate'}
      </Button>
      <ActivationRefused name={agent.name} activation={activation} />
      <RenameAgent agent={agent} opened={opened} onClose={dialog.close} />
    </Group>
  )
}
