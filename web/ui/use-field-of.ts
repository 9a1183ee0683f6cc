import { type RefObject, useEffect, useRef } from 'react'

/** A field that says what stands in the address, also when another click changes it; never while somebody types in it. */
export function useFieldOf(value: string | undefined): {
  ref: RefObject<HTMLInputElement | null>
  defaultValue: string
} {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const field = ref.current
    if (field !== null && field !== document.activeElement) field.value = value ?? ''
  }, [value])
  return { ref, defaultValue: value ?? '' }
}
