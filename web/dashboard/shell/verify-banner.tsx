import { Alert, Button, Group, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { messageOf } from '../../ui/problem-alert.tsx'
import { api, type Session } from '../api.ts'
import { KeptMail } from './kept-mail.tsx'

/** Whoever signed up sees little before their address is proved: here is why, and the way on. */
export function VerifyBanner({ session }: { session: Session }) {
  const sendAgain = useMutation({
    mutationFn: () =>
      api.POST('/v1/organizations/{organizationId}/email-verifications', {
        params: { path: { organizationId: session.organization.id } },
      }),
  })
  if (session.user.email_verified) return null
  return (
    <Alert color="yellow" icon={<IconMail aria-hidden />} title="Verify your e-mail address" mb="lg">
      <Text size="sm" c="var(--mantine-color-text)">
        We sent a link to {session.user.email}. Open it, and everything here opens too.
        <KeptMail />
      </Text>
      <Group mt="sm" gap="sm">
        <Button size="xs" variant="default" loading={sendAgain.isPending} onClick={() => sendAgain.mutate()}>
          Send it again
        </Button>
        <Text size="sm" role="status" c="var(--mantine-color-text)">
          {sendAgain.isSuccess && 'Sent. It may take a minute to arrive.'}
          {sendAgain.isError && messageOf(sendAgain.error)}
        </Text>
      </Group>
    </Alert>
  )
}
