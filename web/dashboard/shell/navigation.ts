import {
  type Icon,
  IconGauge,
  IconHistory,
  IconKey,
  IconMessages,
  IconRobot,
  IconSettings,
  IconTimelineEvent,
} from '@tabler/icons-react'

/** The pages that have a place in the navigation, in its order; whoever lacks the permission does not see the place. */
export const NAVIGATION: readonly Place[] = [
  { to: '/', label: 'Overview', icon: IconGauge, permission: 'metrics:read' },
  { to: '/agents', label: 'Agents', icon: IconRobot, permission: 'agents:read' },
  { to: '/conversations', label: 'Conversations', icon: IconMessages, permission: 'agents:read' },
  { to: '/events', label: 'Events', icon: IconTimelineEvent, permission: 'events:read' },
  { to: '/activity', label: 'Activity', icon: IconHistory, permission: 'activity:read' },
  { to: '/api-keys', label: 'API keys', icon: IconKey, permission: 'api_keys:manage' },
  { to: '/settings', label: 'Settings', icon: IconSettings, permission: 'organization:read' },
]

type Place = {
  readonly to: string
  readonly label: string
  readonly icon: Icon
  readonly permission: string
}
