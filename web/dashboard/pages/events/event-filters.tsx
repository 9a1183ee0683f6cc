import { Button, Group, SimpleGrid, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { SuggestedField } from '../../../ui/suggested-field.tsx'
import { useSession } from '../../session.ts'
import { AgentSelect } from '../agents/agent-select.tsx'
import { type EventsSearch, eventTypesQuery, type Filter } from './query.ts'

const TEXTS: readonly { filter: Filter; label: string; placeholder: string }[] = [
  { filter: 'end_user_id', label: 'End user', placeholder: 'your key of the person' },
  { filter: 'user_id', label: 'Member', placeholder: 'their id' },
  { filter: 'conversation_id', label: 'Conversation', placeholder: 'its id' },
  { filter: 'property', label: 'Property', placeholder: 'channel:chat' },
]

/** By what events are looked for. What is typed is asked for by Enter or the button: each question reads many rows. */
export function EventFilters({
  search,
  onShow,
}: {
  search: EventsSearch
  onShow: (change: EventsSearch) => void
}) {
  const { organization } = useSession()
  const types = useQuery(eventTypesQuery(organization.id, { from: search.from, to: search.to }))
  const asked = valuesOf(search)
  const form = useForm({ initialValues: asked, validate: FAULTS })
  const { setValues } = form
  const inAddress = JSON.stringify(asked)
  // A click elsewhere may change the address: the fields say what is shown.
  useEffect(() => setValues(JSON.parse(inAddress)), [inAddress, setValues])
  const apply = (values: Record<Filter, string>) =>
    onShow(
      Object.fromEntries(
        Object.entries(values).map(([filter, value]) => [filter, value.trim() || undefined]),
      ),
    )
  return (
    <form onSubmit={form.onSubmit(apply)}>
      <SimpleGrid cols={{ base: 2, md: 3 }} spacing="sm">
        <SuggestedField
          label="Type"
          placeholder="message.created"
          data={typeNames(types.data)}
          {...form.getInputProps('type')}
          onOptionSubmit={type => apply({ ...form.values, type })}
        />
        <AgentSelect
          value={form.values.agent_id || null}
          onChange={agentId => apply({ ...form.values, agent_id: agentId ?? '' })}
        />
        {TEXTS.map(({ filter, label, placeholder }) => (
          <TextInput key={filter} label={label} placeholder={placeholder} {...form.getInputProps(filter)} />
        ))}
      </SimpleGrid>
      <Group mt="sm" gap="sm">
        <Button type="submit" variant="light">
          Filter
        </Button>
        {Object.values(asked).some(value => value !== '') && (
          <Button variant="subtle" onClick={() => apply(valuesOf({}))}>
            Show all
          </Button>
        )}
      </Group>
    </form>
  )
}

function valuesOf({ from: _from, to: _to, ...filters }: EventsSearch): Record<Filter, string> {
  const set = Object.entries(filters).filter(([, value]) => value !== undefined)
  return { ...EMPTY, ...Object.fromEntries(set) }
}

const idFault = (text: string) =>
  text.trim() === '' || UUID.test(text.trim()) ? null : 'This is no id: they look like 0199a5b0-…'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the server would refuse, in words for the field. */
const FAULTS = {
  user_id: idFault,
  conversation_id: idFault,
  property: (text: string) =>
    text.trim() === '' || /^[^:]+:/.test(text.trim()) ? null : 'Write its name, a colon and its value.',
}

const EMPTY = { type: '', agent_id: '', user_id: '', end_user_id: '', conversation_id: '', property: '' }

const typeNames = (types: { data: readonly { event_type: string }[] } | undefined) =>
  types?.data.map(({ event_type }) => event_type) ?? []
