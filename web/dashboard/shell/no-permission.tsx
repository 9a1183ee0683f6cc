import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useSession } from '../session.ts'

/**
 * Shows what is inside to those who may see it, and to others what they lack and whom to ask: under the title, where what
 * is inside would have brought the heading of the page.
 */
export function Permitted({ permission, title, children }: PermittedProps) {
  const { permissions, role, user } = useSession()
  if (permissions.includes(permission)) return children
  return (
    <>
      {title !== undefined && <PageHeader title={title} />}
      <Panel>
        <EmptyState
          icon={IconLock}
          title={
            user.email_verified ? 'Your role does not include this' : 'Closed until your address is verified'
          }
        >
          {user.email_verified
            ? `You are ${role === 'viewer' ? 'a viewer' : `a ${role}`} here. Ask an owner or admin of your organization for a role that includes it.`
            : 'Open the link that we mailed to you, and this page opens too.'}
        </EmptyState>
      </Panel>
    </>
  )
}

type PermittedProps = {
  readonly permission: string
  readonly title?: string
  readonly children: ReactNode
}
