import { type ComboboxItem, type OptionsFilter, Select, type SelectProps } from '@mantine/core'

/** Every zone that the browser knows, to be searched by its name as people write it: new york, not America/New_York. */
export function TimeZoneSelect(props: Omit<SelectProps, 'data'>) {
  return (
    <Select
      data={ZONES}
      searchable
      // What is typed takes the place of the zone that stands there.
      onClick={event => event.currentTarget.select()}
      filter={filter}
      // Enter takes what was found; without it Enter would send the form with the zone as it was.
      selectFirstOptionOnChange
      limit={MOST_SHOWN}
      nothingFoundMessage="No such zone. Try a large city near you, like Lisbon."
      {...props}
    />
  )
}

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
const MOST_SHOWN = 50

const plain = (text: string) => text.toLowerCase().replaceAll('_', ' ').trim()

const filter: OptionsFilter = ({ options, search, limit }) =>
  (options as ComboboxItem[]).filter(({ label }) => plain(label).includes(plain(search))).slice(0, limit)
