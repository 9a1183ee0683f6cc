import { Button, Group, Stack, Text } from '@mantine/core'
import type { FormEventHandler, ReactNode } from 'react'
import { ProblemAlert } from './problem-alert.tsx'

/** A form that stays where it is, says when it has been saved, and why when it could not be. */
export function SavedForm({
  onSubmit,
  saving,
  children,
  label = 'Save',
  saved = 'Saved.',
  isDirty = false,
}: SavedFormProps) {
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <ProblemAlert error={saving.error} />
        {children}
        <Group>
          <Button type="submit" loading={saving.isPending}>
            {label}
          </Button>
          <Text size="sm" role="status">
            {saving.isSuccess && !isDirty && saved}
          </Text>
        </Group>
      </Stack>
    </form>
  )
}

type SavedFormProps = {
  readonly onSubmit: FormEventHandler<HTMLFormElement>
  readonly saving: { readonly error: unknown; readonly isPending: boolean; readonly isSuccess: boolean }
  readonly children: ReactNode
  readonly label?: string
  readonly saved?: string
  /** Something was changed since: it is not saved any more. */
  readonly isDirty?: boolean
}
