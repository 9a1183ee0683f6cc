import { Switch } from '@mantine/core'
import { ActivationRefused } from './activation-refused.tsx'
import type { AgentRow } from './query.ts'
import { useActivation } from './use-activation.ts'

/** Whether an agent is active, to be changed in its row. */
export function ActivationSwitch({ agent }: { agent: AgentRow }) {
  const activation = useActivation(agent.id)
  return (
    <>
      <Switch
        size="md"
        aria-label={`${agent.name} is active`}
        checked={agent.is_active}
        onChange={({ currentTarget }) => activation.mutate(currentTarget.checked)}
        styles={{ body: { justifyContent: 'flex-end' } }}
      />
      <ActivationRefused name={agent.name} activation={activation} />
    </>
  )
}
