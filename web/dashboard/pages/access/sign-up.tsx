import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { focusFault } from '../../../ui/focus-fault.ts'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useBeginSession } from '../../session.ts'
import { AccessLink, AccessPage } from './access-page.tsx'

type SignUp = { organization_name: string; subdomain: string; email: string; password: string }

export function SignUpPage() {
  const beginSession = useBeginSession()
  const navigate = useNavigate()
  const form = useForm<SignUp>({
    initialValues: { organization_name: '', subdomain: '', email: '', password: '' },
    validate: { password: value => (value.length < 10 ? 'Use at least 10 characters.' : null) },
  })
  const [isSubdomainChosen, setSubdomainChosen] = useState(false)
  // A zone that the browser knows and the server does not must keep nobody out: it can be chosen later.
  const [zone, setZone] = useState(ZONE)
  const signUp = useMutation({
    mutationFn: (values: SignUp) =>
      answer(
        api.POST('/v1/sign-ups', { body: { ...values, ...(zone !== undefined && { time_zone: zone }) } }),
      ),
    onSuccess: session => {
      beginSession(session)
      void navigate({ to: '/' })
    },
    onError: () => setZone(undefined),
  })
  return (
    <AccessPage
      title="Create your organization"
      description="You become its owner."
      footer={
        <>
          Already a member? <AccessLink to="/sign-in">Sign in</AccessLink>
        </>
      }
    >
      <form onSubmit={form.onSubmit(values => signUp.mutate(values), focusFault(form))}>
        <Stack>
          <ProblemAlert error={signUp.error} />
          <TextInput
            label="Organization"
            autoComplete="organization"
            required
            {...form.getInputProps('organization_name')}
            onChange={({ target }) => {
              form.setFieldValue('organization_name', target.value)
              // The subdomain follows the name until somebody writes one of their own.
              if (!isSubdomainChosen) form.setFieldValue('subdomain', subdomainOf(target.value))
            }}
          />
          <TextInput
            label="Subdomain"
            description="Its short name in addresses: letters a–z, digits and hyphens. It can be changed later."
            required
            {...form.getInputProps('subdomain')}
            onChange={({ target }) => {
              form.setFieldValue('subdomain', target.value)
              setSubdomainChosen(true)
            }}
          />
          <TextInput
            label="Your e-mail"
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description="At least 10 characters."
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth loading={signUp.isPending}>
            Create organization
          </Button>
        </Stack>
      </form>
    </AccessPage>
  )
}

const ZONE: string | undefined = new Intl.DateTimeFormat().resolvedOptions().timeZone

export function subdomainOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
}
