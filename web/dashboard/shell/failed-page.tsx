import { Button } from '@mantine/core'
import { Problem } from '../../../client/index.ts'
import { messageOf } from '../../ui/problem-alert.tsx'
import { HomeButton, MessagePage } from './message-page.tsx'

export function FailedPage({ error }: { error: unknown }) {
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <>
          <Button onClick={() => location.reload()}>Load it again</Button>
          <HomeButton />
        </>
      }
    >
      {error instanceof Problem || error instanceof TypeError
        ? messageOf(error)
        : 'Something went wrong on our side. Load the page again; if it stays so, tell whoever runs this server.'}
    </MessagePage>
  )
}
