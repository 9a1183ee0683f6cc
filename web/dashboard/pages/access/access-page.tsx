import { Anchor, Center, Paper, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageHeader } from '../../../ui/page-header.tsx'

/** The frame of what is open to anybody: one form, in the middle. */
export function AccessPage({ title, description, children, footer }: AccessPageProps) {
  return (
    <Center component="main" id="content" mih="100vh" p="md">
      <Stack w="100%" maw={420} gap="md">
        <Text fw={700} c="dimmed">
          Tenantry
        </Text>
        <Paper withBorder p="lg">
          <PageHeader title={title} description={description} />
          {children}
        </Paper>
        {footer !== undefined && (
          <Text size="sm" ta="center" c="dimmed" component="div">
            {footer}
          </Text>
        )}
      </Stack>
    </Center>
  )
}

type AccessPageProps = {
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
  readonly footer?: ReactNode
}

export const AccessLink = ({
  to,
  children,
}: {
  to: '/sign-in' | '/sign-up' | '/forgot-password'
  children: ReactNode
}) => (
  <Anchor underline="always" size="sm" renderRoot={props => <Link to={to} {...props} />}>
    {children}
  </Anchor>
)
