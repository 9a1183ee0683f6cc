import { Button, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { moment } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'
import type { ApiKey } from './api-key.ts'
import { ShownOnce } from './shown-once.tsx'

const OVERLAPS = [
  { value: '24', label: 'for another day' },
  { value: '1', label: 'for another hour' },
  { value: '168', label: 'for another week' },
  { value: '0', label: 'no longer: end it at once' },
]

export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKey | undefined; onClose: () => void }) {
  const { organization } = useSession()
  const queries = useQueryClient()
  const [overlap, setOverlap] = useState('24')
  const rotate = useMutation({
    mutationFn: (apiKeyId: string) =>
      answer(
        api.POST('/v1/organizations/{organizationId}/api-keys/{apiKeyId}/rotation', {
          params: { path: { organizationId: organization.id, apiKeyId } },
          body: { overlap_hours: Number(overlap) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
    gcTime: 0,
  })
  const close = () => {
    onClose()
    rotate.reset()
  }
  return (
    <Modal
      opened={apiKey !== undefined}
      onClose={close}
      title="Rotate the key"
      closeOnClickOutside={!rotate.isSuccess}
    >
      {rotate.isSuccess ? (
        <ShownOnce
          apiKey={rotate.data.key}
          note={`The old one ends on ${moment(rotate.data.old_key_ends_at, organization.time_zone)} (${organization.time_zone}).`}
          onClose={close}
        />
      ) : (
        <Stack>
          <ProblemAlert error={rotate.error} />
          <Text size="sm">
            A new key takes the place of {apiKey?.name || apiKey?.prefix}, with the same rights. Both work
            while you change your program over.
          </Text>
          <NativeSelect
            label="The old key works"
            data={OVERLAPS}
            value={overlap}
            onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
          />
          <Button loading={rotate.isPending} onClick={() => apiKey && rotate.mutate(apiKey.id)}>
            Make the new key
          </Button>
        </Stack>
      )}
    </Modal>
  )
}
