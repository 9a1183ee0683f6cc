import { Badge, Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { type ApiKey, apiKeysQuery, scopeInWords, stateOf } from './api-key.ts'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'
import { RotateKeyDialog } from './rotate-key-dialog.tsx'

export function ApiKeysPage() {
  const [opened, dialog] = useDisclosure()
  return (
    <>
      <PageHeader
        title="API keys"
        description="Your programs send one with each request: Authorization: Bearer tny_…"
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
            New key
          </Button>
        }
      />
      <Permitted permission="api_keys:manage">
        <Keys onCreate={dialog.open} />
        <CreateKeyDialog opened={opened} onClose={dialog.close} />
      </Permitted>
    </>
  )
}

function Keys({ onCreate }: { onCreate: () => void }) {
  const { organization } = useSession()
  const keys = useQuery(apiKeysQuery(organization.id))
  const [asked, setAsked] = useState<{ what: 'rotate' | 'revoke'; key: ApiKey }>()
  if (keys.isError) return <ProblemAlert error={keys.error} onRetry={keys.refetch} />
  if (keys.data === undefined) return <Skeleton height={220} />
  const close = () => setAsked(undefined)
  return (
    <Panel>
      {keys.data.length === 0 ? (
        <EmptyState icon={IconKey} title="No key yet">
          <Text size="sm">
            A key lets your product send events and read figures. It is shown once, when you make it.
          </Text>
          <Button mt="md" onClick={onCreate}>
            Make the first key
          </Button>
        </EmptyState>
      ) : (
        <Stack gap={0} className="rows">
          {keys.data.map(key => (
            <KeyRow key={key.id} apiKey={key} onAsk={what => setAsked({ what, key })} />
          ))}
        </Stack>
      )}
      <RotateKeyDialog apiKey={asked?.what === 'rotate' ? asked.key : undefined} onClose={close} />
      <RevokeKeyDialog apiKey={asked?.what === 'revoke' ? asked.key : undefined} onClose={close} />
    </Panel>
  )
}

function KeyRow({ apiKey, onAsk }: { apiKey: ApiKey; onAsk: (what: 'rotate' | 'revoke') => void }) {
  const state = stateOf(apiKey, new Date())
  const end = apiKey.revoked_at ?? apiKey.expires_at
  const ended = state === 'revoked' || state === 'expired'
  return (
    <Group justify="space-between" gap="sm" py="sm">
      <Stack gap={4} style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {apiKey.name || 'Without a name'}
          </Text>
          <Code>{apiKey.prefix}…</Code>
          {state !== 'active' && (
            <Badge variant="light" color={ended ? 'gray' : 'yellow'} c="var(--mantine-color-text)">
              {state}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {apiKey.scopes.map(scopeInWords).join(', ')}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          Made <RelativeTime at={apiKey.created_at} />
          {apiKey.created_by !== null && ` by ${apiKey.created_by}`} ·{' '}
          {apiKey.last_used_at === null ? (
            'never used'
          ) : (
            <>
              last used <RelativeTime at={apiKey.last_used_at} />
            </>
          )}
          {end !== null && (
            <>
              {' '}
              · {state === 'ending' ? 'ends' : state} <RelativeTime at={end} />
            </>
          )}
        </Text>
      </Stack>
      {!ended && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => onAsk('rotate')}>
            Rotate
          </Button>
          <Button size="xs" variant="default" onClick={() => onAsk('revoke')}>
            Revoke
          </Button>
        </Group>
      )}
    </Group>
  )
}
