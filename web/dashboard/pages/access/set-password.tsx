import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { focusFault } from '../../../ui/focus-fault.ts'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useBeginSession } from '../../session.ts'
import { AccessLink, AccessPage } from './access-page.tsx'
import { useLinkSecret } from './link-secret.ts'

export function SetPasswordPage() {
  const secret = useLinkSecret()
  const beginSession = useBeginSession()
  const navigate = useNavigate()
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: {
      password: value => (value.length < 10 ? 'Use at least 10 characters.' : null),
      again: (value, { password }) => (value === password ? null : 'The two are not the same.'),
    },
  })
  const complete = useMutation({
    mutationFn: (password: string) =>
      answer(api.POST('/v1/password-resets/completion', { body: { secret, password } })),
    onSuccess: session => {
      beginSession(session)
      void navigate({ to: '/' })
    },
  })
  return (
    <AccessPage
      title="Choose a password"
      description="You are signed in with it at once, and signed out everywhere else."
      footer={<AccessLink to="/forgot-password">Send a new link</AccessLink>}
    >
      {secret === '' ? (
        <Text role="alert">
          This address is not whole. Open the link in the mail again, or have a new one sent.
        </Text>
      ) : (
        <form onSubmit={form.onSubmit(({ password }) => complete.mutate(password), focusFault(form))}>
          <Stack>
            <ProblemAlert error={complete.error} />
            <PasswordInput
              label="New password"
              description="At least 10 characters."
              autoComplete="new-password"
              required
              {...form.getInputProps('password')}
            />
            <PasswordInput
              label="Once more"
              autoComplete="new-password"
              required
              {...form.getInputProps('again')}
            />
            <Button type="submit" fullWidth loading={complete.isPending}>
              Set the password
            </Button>
          </Stack>
        </form>
      )}
    </AccessPage>
  )
}
