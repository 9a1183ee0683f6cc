import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Dialog } from '../../../ui/dialog.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { type ApiKey, nameOf } from './api-key.ts'

export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey | undefined; onClose: () => void }) {
  const { organization } = useSession()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: (apiKeyId: string) =>
      api.PUT('/v1/organizations/{organizationId}/api-keys/{apiKeyId}/revocation', {
        params: { path: { organizationId: organization.id, apiKeyId } },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['api-keys'] })
      onClose()
    },
  })
  return (
    <Dialog opened={apiKey !== undefined} onClose={onClose} title="Revoke the key">
      <Stack>
        <ProblemAlert error={revoke.error} />
        <Text size="sm">
          The next request with {apiKey && nameOf(apiKey)} is refused, and it never works again. To change
          over without a gap, rotate it instead.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red.8" loading={revoke.isPending} onClick={() => apiKey && revoke.mutate(apiKey.id)}>
            Revoke for ever
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
