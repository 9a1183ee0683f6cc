import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** One thing of a page, with its name. */
export function Panel({ id, title, description, actions, children }: PanelProps) {
  return (
    <Paper
      withBorder
      p={{ base: 'md', sm: 'lg' }}
      component="section"
      id={id}
      // Below the bar at the top, where a link leads to it.
      style={{ scrollMarginTop: 'calc(var(--app-shell-header-height, 0px) + 1rem)' }}
    >
      <Stack gap="md">
        {title !== undefined && (
          <Group justify="space-between" align="flex-start" gap="sm">
            <div style={{ flex: '1 1 14rem' }}>
              <Title order={2}>{title}</Title>
              {description !== undefined && (
                <Text c="dimmed" size="sm">
                  {description}
                </Text>
              )}
            </div>
            {actions}
          </Group>
        )}
        {children}
      </Stack>
    </Paper>
  )
}

type PanelProps = {
  /** What an address calls it. */
  readonly id?: string
  readonly title?: string
  readonly description?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}
