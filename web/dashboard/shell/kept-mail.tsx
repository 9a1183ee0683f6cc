import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../api.ts'

/** Beside what promises a mail: where it is, where no mail server would send it anywhere. */
export function KeptMail() {
  const { data } = useQuery({
    queryKey: ['mailbox'],
    queryFn: () => answer(api.GET('/v1/mailbox')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (data?.kept_at == null) return null
  return (
    <>
      {' '}
      No mail server is set up here, so it is kept on this machine:{' '}
      <Anchor href={data.kept_at} underline="always" inherit>
        read the mail
      </Anchor>
      .
    </>
  )
}
