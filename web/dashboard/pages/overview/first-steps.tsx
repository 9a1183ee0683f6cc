import { Anchor, List, Stack, Text } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { CopyField } from '../../../ui/copy-field.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { firstEvent } from '../../first-event.ts'
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
            <Text>
              {mayMakeKeys
                ? 'Send a first event: the command stands below your new key, ready to be pasted into a shell. Here it is for a key that you have, which takes the place of tny_…'
                : 'Send a first event with it: put it in the place of tny_… and paste the command into a shell.'}
            </Text>
            <CopyField
              label="the command"
              value={firstEvent({ organizationId: organization.id, apiKey: 'tny_…' })}
            />
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
