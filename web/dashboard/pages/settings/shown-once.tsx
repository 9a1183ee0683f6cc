import { Alert, Button, Stack } from '@mantine/core'
import { CopyField } from '../../../ui/copy-field.tsx'

/** A new key, for as long as the dialog is open and never again. */
export function ShownOnce({ apiKey, note, onClose }: { apiKey: string; note?: string; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" c="var(--mantine-color-text)">
        Copy the key now and keep it where your program finds it. It is shown this once; only a hash of it is
        stored.
        {note !== undefined && ` ${note}`}
      </Alert>
      <CopyField value={apiKey} label="API key" />
      <Button onClick={onClose}>I have copied it</Button>
    </Stack>
  )
}
