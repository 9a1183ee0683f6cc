import { Autocomplete, type AutocompleteProps } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'

/** Any text, with suggestions; they go when it is asked for by Enter, so that they do not cover the answer. */
export function SuggestedField(props: AutocompleteProps) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <Autocomplete
      dropdownOpened={opened}
      onDropdownOpen={open}
      onDropdownClose={close}
      onKeyDown={({ key }) => {
        if (key === 'Enter') close()
      }}
      {...props}
    />
  )
}
