import { Button, Checkbox, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Dialog } from '../../../ui/dialog.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { type KeyScope, SCOPES } from './api-key.ts'
import { ShownOnce } from './shown-once.tsx'

export function CreateKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { organization } = useSession()
  const queries = useQueryClient()
  const form = useForm<{ name: string; scopes: KeyScope[] }>({
    initialValues: { name: '', scopes: ['events:write', 'metrics:read'] },
    validate: { scopes: scopes => (scopes.length === 0 ? 'Choose what the key may do.' : null) },
  })
  const create = useMutation({
    mutationFn: (body: { name: string; scopes: KeyScope[] }) =>
      answer(
        api.POST('/v1/organizations/{organizationId}/api-keys', {
          params: { path: { organizationId: organization.id } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
    gcTime: 0,
  })
  const close = () => {
    onClose()
    create.reset()
    form.reset()
  }
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={create.isSuccess ? 'Your new key' : 'New API key'}
      closeOnClickOutside={!create.isSuccess}
      closeOnEscape={!create.isSuccess}
    >
      {create.isSuccess ? (
        <ShownOnce
          apiKey={create.data.key}
          maySendEvents={create.variables.scopes.includes('events:write')}
          onClose={close}
        />
      ) : (
        <form onSubmit={form.onSubmit(values => create.mutate(values))}>
          <Stack>
            <ProblemAlert error={create.error} />
            <TextInput
              label="Name"
              description="What uses it, so that you know it again."
              placeholder="Production backend"
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Checkbox.Group label="What it may do" {...form.getInputProps('scopes')}>
              <Stack gap="xs" mt="xs">
                {SCOPES.map(({ value, label, hint }) => (
                  <Checkbox key={value} value={value} label={label} description={hint} />
                ))}
              </Stack>
            </Checkbox.Group>
            <Button type="submit" loading={create.isPending}>
              Make the key
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
