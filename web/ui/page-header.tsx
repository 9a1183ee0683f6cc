import { Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'

/** The page that the document was loaded with: there the focus begins where the document does, with the link that skips. */
let firstPage: string | undefined = location.pathname

/** The heading of a page. It takes the focus when one comes from another page, so that a screen reader says where one is. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(`${title} · Tenantry`)
  useEffect(() => {
    if (location.pathname === firstPage) return
    firstPage = undefined
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <Group justify="space-between" align="flex-end" gap="sm" mb="lg">
      <div>
        <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {description !== undefined && <Text c="dimmed">{description}</Text>}
      </div>
      {actions}
    </Group>
  )
}

type PageHeaderProps = {
  readonly title: string
  readonly description?: ReactNode
  readonly actions?: ReactNode
}
