import { useDebouncedCallback } from '@mantine/hooks'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'

/** How long somebody pauses before what they typed is asked for. */
const PAUSE_MS = 300

/**
 * A field that asks as one types, but once a pause. It says what stands in the address where something else changed that,
 * like going back; what is being typed is never taken away.
 */
export function useAskingField(inAddress = '', ask: (text: string) => void) {
  const [value, setValue] = useState(inAddress)
  const asked = useRef(inAddress)
  const askLater = useDebouncedCallback((text: string) => {
    asked.current = text
    ask(text)
  }, PAUSE_MS)
  useEffect(() => {
    if (inAddress === asked.current) return
    askLater.cancel()
    asked.current = inAddress
    setValue(inAddress)
  }, [inAddress, askLater])
  return {
    value,
    onChange({ target }: ChangeEvent<HTMLInputElement>) {
      setValue(target.value)
      askLater(target.value)
    },
  }
}
