import { Button, Center, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'

/** A page that only says something, and the way on. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  return (
    <Center component="main" id="content" mih="70vh" p="md">
      <Stack gap="xs" maw={460}>
        <PageHeader title={title} />
        <Text component="div">{children}</Text>
        <Group mt="md">{actions ?? <HomeButton />}</Group>
      </Stack>
    </Center>
  )
}

export const HomeButton = () => (
  <Button component="a" href="/">
    Go to the overview
  </Button>
)

type MessagePageProps = { readonly title: string; readonly children: ReactNode; readonly actions?: ReactNode }
