import { Alert, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useBeginSession } from '../../session.ts'
import { AccessLink, AccessPage } from './access-page.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { next, reason } = route.useSearch()
  const beginSession = useBeginSession()
  const router = useRouter()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } })
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => answer(api.POST('/v1/sessions', { body })),
    onSuccess: session => {
      beginSession(session)
      router.history.push(next ?? '/')
    },
  })
  return (
    <AccessPage
      title="Sign in"
      footer={
        <>
          No account yet? <AccessLink to="/sign-up">Create an organization</AccessLink>
        </>
      }
    >
      <form onSubmit={form.onSubmit(values => signIn.mutate(values))}>
        <Stack>
          {reason === 'ended' && !signIn.isError && (
            <Alert color="yellow" role="status" c="var(--mantine-color-text)">
              Your session has ended here: it was signed out on another device, or it was too old. Sign in to
              go on where you were.
            </Alert>
          )}
          <ProblemAlert error={signIn.error} />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth loading={signIn.isPending}>
            Sign in
          </Button>
          <Group justify="center">
            <AccessLink to="/forgot-password">Forgot your password?</AccessLink>
          </Group>
        </Stack>
      </form>
    </AccessPage>
  )
}
