import { Box } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'

export function OfflineBanner() {
  const { online } = useNetwork()
  if (online) return null
  return (
    <Box
      role="status"
      pos="fixed"
      bottom={0}
      left={0}
      right={0}
      p="xs"
      ta="center"
      bg="yellow.3"
      c="black"
      style={{ zIndex: 300 }}
    >
      You are offline. What you see may be old; it is brought up to date when you are connected again.
    </Box>
  )
}
