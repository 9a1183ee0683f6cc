import { IconMapOff } from '@tabler/icons-react'
import { Problem } from '../../client/index.ts'
import { EmptyState } from './empty-state.tsx'
import { Panel } from './panel.tsx'
import { ProblemAlert } from './problem-alert.tsx'

/** Why the one thing of a page is not shown: in words for whoever followed an address, where it leads to nothing. */
export function NotShown({ what, error, onRetry }: NotShownProps) {
  if (!isMissing(error)) return <ProblemAlert error={error} onRetry={onRetry} />
  return (
    <Panel>
      <EmptyState icon={IconMapOff} title={`There is no such ${what}`}>
        It may be gone, or the address is mistyped.
      </EmptyState>
    </Panel>
  )
}

/** Nothing has an id that is none. */
const isMissing = (error: unknown) =>
  error instanceof Problem &&
  (error.status === 404 || error.errors.some(({ path }) => path.startsWith('params/')))

type NotShownProps = {
  readonly what: string
  readonly error: unknown
  readonly onRetry: () => unknown
}
