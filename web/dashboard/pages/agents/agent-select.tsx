import { Select, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lastDays } from '../../../ui/period.ts'
import { useSession } from '../../session.ts'
import { agentChoicesQuery, agentNameQuery } from './query.ts'

/** An agent of the organization, looked for by its name on the server: there may be thousands. */
export function AgentSelect({ value, ...props }: AgentSelectProps) {
  const { organization } = useSession()
  const today = lastDays(1, organization.time_zone)
  const { data: chosen } = useQuery({
    ...agentNameQuery(organization.id, value ?? '', today),
    enabled: value !== null,
  })
  const [typed, setTyped] = useState('')
  // What the field says of the chosen one is no search.
  const [search] = useDebouncedValue(typed === chosen ? '' : typed.trim(), 300)
  const { data: choices } = useQuery(agentChoicesQuery(organization.id, { ...today, search }))
  const found = choices?.data.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const isListed = value === null || found.some(({ value: id }) => id === value)
  return (
    <Select
      label="Agent"
      placeholder="All agents"
      searchable
      clearable
      nothingFoundMessage={search === '' ? 'There is no agent yet.' : 'None has this in its name.'}
      // What is typed takes the place of the one that stands there.
      onClick={event => event.currentTarget.select()}
      // The server has looked already.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      data={isListed ? found : [{ value, label: chosen ?? value }, ...found]}
      value={value}
      {...props}
    />
  )
}

type AgentSelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  readonly value: string | null
  readonly onChange: (agentId: string | null) => void
}
