import { Button, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { takeFocus } from '../../../ui/take-focus.ts'
import { sessionQuery } from '../../session.ts'
import { AccessPage } from './access-page.tsx'
import { useLinkSecret } from './link-secret.ts'

/** A link that proves an address. It acts on a click, since scanners of mail open links too. */
export function RedeemLink({ title, action, done, redeem }: RedeemLinkProps) {
  const secret = useLinkSecret()
  const queries = useQueryClient()
  const use = useMutation({
    mutationFn: () => redeem(secret),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  })
  return (
    <AccessPage title={title}>
      <Stack>
        {secret === '' && !use.isSuccess && (
          <Text role="alert">This address is not whole. Open the link in the mail again.</Text>
        )}
        <ProblemAlert error={use.error} />
        {use.isSuccess ? (
          <>
            <Text role="status">{done(use.data.email)}</Text>
            <Button component="a" href="/" ref={takeFocus}>
              Go to the overview
            </Button>
          </>
        ) : (
          <Button disabled={secret === ''} loading={use.isPending} onClick={() => use.mutate()}>
            {action}
          </Button>
        )}
      </Stack>
    </AccessPage>
  )
}

type RedeemLinkProps = {
  readonly title: string
  readonly action: string
  readonly done: (email: string) => string
  readonly redeem: (secret: string) => Promise<{ email: string }>
}
