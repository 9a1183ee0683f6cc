import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { answer, api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { deviceName } from './device-name.ts'

/** Where the member is signed in, and the way out of each. */
export function Devices() {
  const { organization } = useSession()
  const path = { organizationId: organization.id }
  const queries = useQueryClient()
  const devices = useQuery({
    queryKey: ['devices', organization.id],
    queryFn: () => answer(api.GET('/v1/organizations/{organizationId}/sessions', { params: { path } })),
    // Whoever looks again has most likely just signed in or out elsewhere.
    refetchOnWindowFocus: 'always',
  })
  const refresh = () => queries.invalidateQueries({ queryKey: ['devices'] })
  const end = useMutation({
    mutationFn: (sessionId: string) =>
      api.DELETE('/v1/organizations/{organizationId}/sessions/{sessionId}', {
        params: { path: { ...path, sessionId } },
      }),
    onSuccess: refresh,
  })
  const endOthers = useMutation({
    mutationFn: () => api.DELETE('/v1/organizations/{organizationId}/sessions', { params: { path } }),
    onSuccess: refresh,
  })
  const list = devices.data?.data ?? []
  return (
    <Panel
      id="devices"
      title="Devices"
      description="Where you are signed in."
      actions={
        list.length > 1 && (
          <Button
            variant="default"
            size="xs"
            loading={endOthers.isPending}
            onClick={() => endOthers.mutate()}
          >
            Sign out everywhere else
          </Button>
        )
      }
    >
      <ProblemAlert error={devices.error ?? end.error ?? endOthers.error} onRetry={refresh} />
      {devices.isPending && <Skeleton height={60} />}
      <Stack gap="sm">
        {list.map(device => (
          <Group key={device.id} justify="space-between" gap="xs">
            <div>
              <Group gap="xs">
                <Text fw={500}>{deviceName(device.user_agent)}</Text>
                {device.is_current && (
                  <Badge variant="light" c="var(--mantine-color-text)">
                    this one
                  </Badge>
                )}
              </Group>
              <Text size="sm" c="dimmed" component="div">
                {device.ip_address ?? 'unknown address'} ·{' '}
                {!device.is_current && (
                  <>
                    last seen <RelativeTime at={device.last_seen_at} /> ·{' '}
                  </>
                )}
                signed in <RelativeTime at={device.created_at} />
              </Text>
            </div>
            {!device.is_current && (
              <Button
                variant="default"
                size="xs"
                loading={end.isPending && end.variables === device.id}
                onClick={() => end.mutate(device.id)}
                aria-label={`Sign out ${deviceName(device.user_agent)}`}
              >
                Sign out
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Panel>
  )
}
