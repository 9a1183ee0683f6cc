import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { api } from '../../api.ts'
import { KeptMail } from '../../shell/kept-mail.tsx'
import { AccessLink, AccessPage } from './access-page.tsx'

export function ForgotPasswordPage() {
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' } })
  const request = useMutation({
    mutationFn: (body: { email: string }) => api.POST('/v1/password-resets', { body }),
  })
  return (
    <AccessPage
      title="Set a new password"
      description="We send a link to your address. It works once, for an hour."
      footer={<AccessLink to="/sign-in">Back to sign in</AccessLink>}
    >
      {request.isSuccess ? (
        <Text role="status">
          If somebody has the address {request.variables.email}, a mail is on its way to it. Look into the
          spam folder too before you ask again.
          <KeptMail />
        </Text>
      ) : (
        <form onSubmit={form.onSubmit(values => request.mutate(values))}>
          <Stack>
            <ProblemAlert error={request.error} />
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              required
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <Button type="submit" fullWidth loading={request.isPending}>
              Send the link
            </Button>
          </Stack>
        </form>
      )}
    </AccessPage>
  )
}
