import { Button, Center, Group, Stack, Text } from '@mantine/core'
import { type ReactNode, use } from 'react'
import { PageHeader } from '../../ui/page-header.tsx'
import { InsideShell } from './inside-shell.ts'

/** A page that only says something, and the way on; the main part of the document, unless the shell has one. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  const part = use(InsideShell)
    ? ({ component: 'div' } as const)
    : ({ component: 'main', id: 'content' } as const)
  return (
    <Center {...part} mih="70vh" p="md">
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
