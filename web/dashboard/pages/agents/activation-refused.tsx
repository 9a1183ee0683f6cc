import { Modal } from '@mantine/core'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import type { useActivation } from './use-activation.ts'

/** Why an agent could not be switched on or off, in front of whatever else is shown. */
export function ActivationRefused({ name, activation }: ActivationRefusedProps) {
  return (
    <Modal
      opened={activation.isError}
      onClose={activation.reset}
      title={`${name} stays ${activation.variables ? 'inactive' : 'active'}`}
    >
      <ProblemAlert error={activation.error} />
    </Modal>
  )
}

type ActivationRefusedProps = {
  readonly name: string
  readonly activation: Pick<ReturnType<typeof useActivation>, 'isError' | 'error' | 'variables' | 'reset'>
}
