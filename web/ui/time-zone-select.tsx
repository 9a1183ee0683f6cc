import { Select, type SelectProps } from '@mantine/core'

/** Every zone that the browser knows, to be searched by its name. */
export function TimeZoneSelect(props: Omit<SelectProps, 'data'>) {
  return (
    <Select
      data={ZONES}
      searchable
      limit={50}
      nothingFoundMessage="No such zone. Try a city, like Lisbon."
      {...props}
    />
  )
}

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
