import { PasswordInput, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Panel } from '../../../ui/panel.tsx'
import { SavedForm } from '../../../ui/saved-form.tsx'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { KeptMail } from '../../shell/kept-mail.tsx'

export function ChangeEmail() {
  const { user, organization } = useSession()
  const form = useForm({ initialValues: { email: '', password: '' } })
  const ask = useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      api.POST('/v1/organizations/{organizationId}/email-changes', {
        params: { path: { organizationId: organization.id } },
        body,
      }),
    onSuccess: () => form.reset(),
  })
  return (
    <Panel id="email" title="E-mail address" description={`You sign in with ${user.email}.`}>
      <SavedForm
        onSubmit={form.onSubmit(values => ask.mutate(values))}
        saving={{ ...ask, isSuccess: false }}
        label="Change the address"
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label="New address"
            type="email"
            autoComplete="email"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
        </SimpleGrid>
        <Text size="sm" role="status">
          {ask.isSuccess && (
            <>
              We sent a link to {ask.variables.email}. The address counts from when you open it; until then
              nothing changes.
              <KeptMail />
            </>
          )}
        </Text>
      </SavedForm>
    </Panel>
  )
}
