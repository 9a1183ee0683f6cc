import { Center, Stack, Text, ThemeIcon } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Where there is nothing yet: what would be here, and the next step towards it. */
export function EmptyState({ icon: Picture, title, children }: EmptyStateProps) {
  return (
    <Center py="xl">
      <Stack align="center" gap="xs" maw={440} ta="center">
        <ThemeIcon variant="light" size="xl" radius="xl" aria-hidden>
          <Picture size={22} />
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        <Text c="dimmed" size="sm" component="div">
          {children}
        </Text>
      </Stack>
    </Center>
  )
}

type EmptyStateProps = { readonly icon: Icon; readonly title: string; readonly children?: ReactNode }
