import { Anchor, List, Stack, Text } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { CopyField } from '../../../ui/copy-field.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { usePermission, useSession } from '../../session.ts'

/** An organization that nothing has happened in yet: the way to its first figure. */
export function FirstSteps() {
  const { organization } = useSession()
  const mayMakeKeys = usePermission('api_keys:manage')
  return (
    <Panel>
      <EmptyState icon={IconRocket} title="Nothing has happened here yet">
        Your product reports what happens, and this page shows it within seconds.
      </EmptyState>
      <List
        type="ordered"
        spacing="lg"
        maw={720}
        mx="auto"
        styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}
      >
        <List.Item>
          {mayMakeKeys ? (
            <>
              <Anchor underline="always" renderRoot={props => <Link to="/api-keys" {...props} />}>
                Make an API key
              </Anchor>{' '}
              that may send events.
            </>
          ) : (
            'Ask an owner or admin of your organization for an API key that may send events.'
          )}
        </List.Item>
        <List.Item>
          <Stack gap="xs">
            <Text>Send a first event, with your key in the place of tny_…</Text>
            <CopyField label="the command" value={firstEvent(location.origin, organization.id)} />
          </Stack>
        </List.Item>
        <List.Item>Watch this page: the message appears by itself.</List.Item>
      </List>
      <Text size="sm" c="dimmed" ta="center">
        Everything that can be sent stands in the{' '}
        <Anchor href="/docs" underline="always" inherit>
          API reference
        </Anchor>
        .
      </Text>
    </Panel>
  )
}

function firstEvent(origin: string, organizationId: string): string {
  const event = `{"events": [{"id": "${uuidV7()}", "event_type": "message.created", "end_user_id": "visitor-1", "properties": {"tokens": 120, "response_time_ms": 850}}]}`
  return `curl "${origin}/v1/organizations/${organizationId}/events" \\
  -H "Authorization: Bearer tny_…" -H "Content-Type: application/json" \\
  -d '${event}'`
}

/** An id that carries the present time, as events have. */
function uuidV7(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const time = Date.now()
  for (let n = 0; n < 6; n++) bytes[n] = Math.floor(time / 2 ** (8 * (5 - n))) % 256
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
