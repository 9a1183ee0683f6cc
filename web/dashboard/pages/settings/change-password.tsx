import { PasswordInput, SimpleGrid } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { focusFault } from '../../../ui/focus-fault.ts'
import { Panel } from '../../../ui/panel.tsx'
import { SavedForm } from '../../../ui/saved-form.tsx'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'

export function ChangePassword() {
  const { organization } = useSession()
  const queries = useQueryClient()
  const form = useForm({
    initialValues: { current_password: '', password: '' },
    validate: { password: value => (value.length < 10 ? 'Use at least 10 characters.' : null) },
  })
  const change = useMutation({
    mutationFn: (body: { current_password: string; password: string }) =>
      api.PUT('/v1/organizations/{organizationId}/password', {
        params: { path: { organizationId: organization.id } },
        body,
      }),
    onSuccess: () => {
      form.reset()
      return queries.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  return (
    <Panel id="password" title="Password" description="A change signs you out on every other device.">
      <SavedForm
        onSubmit={form.onSubmit(values => change.mutate(values), focusFault(form))}
        saving={change}
        isDirty={form.isDirty()}
        label="Change the password"
        saved="Changed. You are signed out everywhere else."
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            required
            {...form.getInputProps('current_password')}
          />
          <PasswordInput
            label="New password"
            placeholder="At least 10 characters"
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
        </SimpleGrid>
      </SavedForm>
    </Panel>
  )
}
