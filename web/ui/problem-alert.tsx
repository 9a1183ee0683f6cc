import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { Problem } from '../../client/index.ts'

/** Why something did not work, in the server's words, and a way to try again where that may help. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: (() => unknown) | undefined }) {
  if (error === null || error === undefined) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
      <Text size="sm" c="var(--mantine-color-text)">
        {messageOf(error)}
      </Text>
      {onRetry !== undefined && mayPass(error) && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={() => onRetry()}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  )
}

/** What is not there, or not asked rightly, is not so the next time either. */
const mayPass = (error: unknown) => !(error instanceof Problem) || ![400, 403, 404].includes(error.status)

export function messageOf(error: unknown): string {
  if (error instanceof Problem) {
    const faults = error.errors.map(({ message }) => message).join('; ')
    return error.status >= 500 && error.requestId !== undefined
      ? `${error.message} (request ${error.requestId})`
      : faults === '' || error.message.includes(faults)
        ? error.message
        : `${error.message} ${faults}`
  }
  return navigator.onLine
    ? 'The server cannot be reached. Check that it runs, then try again.'
    : 'You are offline. What you see may be old; try again when you are connected.'
}
