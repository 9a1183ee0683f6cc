import { Dialog } from '../../../ui/dialog.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import type { useActivation } from './use-activation.ts'

/** Why an agent could not be switched on or off, in front of whatever else is shown. */
export function ActivationRefused({ name, activation }: ActivationRefusedProps) {
  return (
    <Dialog
      opened={activation.isError}
      onClose={activation.reset}
      title={`${name} stays ${activation.variables ? 'inactive' : 'active'}`}
    >
      <ProblemAlert error={activation.error} />
    </Dialog>
  )
}

type ActivationRefusedProps = {
  readonly name: string
  readonly activation: Pick<ReturnType<typeof useActivation>, 'isError' | 'error' | 'variables' | 'reset'>
}
