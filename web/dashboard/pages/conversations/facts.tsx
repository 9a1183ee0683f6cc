import { Anchor, DataList } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ExactTime } from '../../../ui/exact-time.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useSession } from '../../session.ts'
import { type Conversation, partnerIn } from './query.ts'
import { StatusBadge } from './status-badge.tsx'

/** What is known about a conversation besides what was said. */
export function Facts({ conversation }: { conversation: Conversation }) {
  const { organization } = useSession()
  const { agent_id, agent_name, started_at, ended_at, last_message_at } = conversation
  return (
    <Panel>
      <DataList>
        <Fact label="Status">
          <StatusBadge status={conversation.status} />
        </Fact>
        <Fact label="With">{partnerIn(conversation)}</Fact>
        <Fact label="Agent">
          {agent_id === null ? (
            'none, or one that is gone'
          ) : (
            <Anchor
              inherit
              underline="always"
              renderRoot={props => (
                <Link to="/agents/$agentId" params={{ agentId: agent_id }} search={{}} {...props} />
              )}
            >
              {agent_name ?? agent_id}
            </Anchor>
          )}
        </Fact>
        {started_at !== null && (
          <Fact label="Began">
            <ExactTime at={started_at} />
          </Fact>
        )}
        {last_message_at !== null && (
          <Fact label="Last message">
            <ExactTime at={last_message_at} />
          </Fact>
        )}
        {ended_at !== null && (
          <Fact label="Ended">
            <ExactTime at={ended_at} />
          </Fact>
        )}
        <Fact label="Times in">{organization.time_zone}</Fact>
      </DataList>
    </Panel>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue style={{ overflowWrap: 'anywhere' }}>{children}</DataList.ItemValue>
    </DataList.Item>
  )
}
