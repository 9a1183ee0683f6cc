import { Box } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'

export function OfflineBanner() {
  const { online } = useNetwork()
  if (online) return null
  return (
    <Box role="status" p="xs" ta="center" bg="yellow.3" c="black">
      You are offline. What you see may be old; it is brought up to date when you are connected again.
    </Box>
  )
}
