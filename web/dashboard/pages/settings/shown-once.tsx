import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CopyField } from '../../../ui/copy-field.tsx'
import { takeFocus } from '../../../ui/take-focus.ts'
import { firstEvent } from '../../first-event.ts'
import { useSession } from '../../session.ts'

/** A new key, for as long as the dialog is open and never again; with the command to try it where it may send events. */
export function ShownOnce({ apiKey, note, maySendEvents = false, onClose }: ShownOnceProps) {
  const { organization } = useSession()
  return (
    <Stack ref={takeFocus} tabIndex={-1} style={{ outline: 'none' }}>
      <Alert color="yellow" c="var(--mantine-color-text)">
        Copy the key now and keep it where your program finds it. It is shown this once; only a hash of it is
        stored.
        {note !== undefined && ` ${note}`}
      </Alert>
      <CopyField value={apiKey} label="API key" />
      {maySendEvents && (
        <>
          <Text size="sm">
            Try it: this command sends an event with the key, and the{' '}
            <Anchor inherit underline="always" renderRoot={props => <Link to="/" {...props} />}>
              overview
            </Anchor>{' '}
            shows it.
          </Text>
          <CopyField
            value={firstEvent({ organizationId: organization.id, apiKey })}
            label="the command with the key"
          />
        </>
      )}
      <Button onClick={onClose}>I have copied it</Button>
    </Stack>
  )
}

type ShownOnceProps = {
  readonly apiKey: string
  readonly note?: string
  readonly maySendEvents?: boolean
  readonly onClose: () => void
}
