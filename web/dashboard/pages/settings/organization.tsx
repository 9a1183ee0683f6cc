import { Skeleton, Stack, Table, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { locale } from '../../../ui/locale.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ProblemAlert } from '../../../ui/problem-alert.tsx'
import { SavedForm } from '../../../ui/saved-form.tsx'
import { TimeZoneSelect } from '../../../ui/time-zone-select.tsx'
import { answer, api } from '../../api.ts'
import { usePermission, useSession } from '../../session.ts'
import { Permitted } from '../../shell/no-permission.tsx'
import { type Organization, organizationQuery } from './organization-query.ts'

export function OrganizationPage() {
  const { organization } = useSession()
  const query = useQuery(organizationQuery(organization.id))
  return (
    <>
      <PageHeader
        title="Settings"
        description="What your organization is called, and which days it lives in."
      />
      <Permitted permission="organization:read">
        {query.isError && <ProblemAlert error={query.error} onRetry={query.refetch} />}
        {query.data === undefined ? (
          !query.isError && <Skeleton height={320} />
        ) : (
          <Settings organization={query.data} />
        )}
      </Permitted>
    </>
  )
}

function Settings({ organization }: { organization: Organization }) {
  const mayChange = usePermission('organization:write')
  const queries = useQueryClient()
  const { name, subdomain, time_zone } = organization
  const form = useForm({ initialValues: { name, subdomain, time_zone } })
  const save = useMutation({
    mutationFn: (body: typeof form.values) =>
      answer(
        api.PATCH('/v1/organizations/{organizationId}', {
          params: { path: { organizationId: organization.id } },
          body,
        }),
      ),
    onSuccess: async saved => {
      form.setInitialValues({ name: saved.name, subdomain: saved.subdomain, time_zone: saved.time_zone })
      form.reset()
      await queries.invalidateQueries()
    },
  })
  return (
    <Stack>
      <Panel title="Organization">
        <SavedForm
          onSubmit={form.onSubmit(values => save.mutate(values))}
          saving={save}
          isDirty={form.isDirty()}
        >
          {!mayChange && <Text size="sm">Ask an owner or admin to change these.</Text>}
          <TextInput label="Name" required disabled={!mayChange} {...form.getInputProps('name')} />
          <TextInput
            label="Subdomain"
            description="The short name of the organization in addresses: letters a–z, digits and hyphens. Nobody else may have the same."
            required
            disabled={!mayChange}
            {...form.getInputProps('subdomain')}
          />
          <TimeZoneSelect
            label="Time zone"
            description="Days begin and end by it. After a change all figures are computed anew by the new days, except those of days whose events are archived."
            required
            allowDeselect={false}
            disabled={!mayChange}
            {...form.getInputProps('time_zone')}
          />
        </SavedForm>
      </Panel>
      <Plan organization={organization} />
    </Stack>
  )
}

function Plan({ organization: { plan, limits } }: { organization: Organization }) {
  const rows = [
    ['Members', limits.max_users],
    ['Active agents', limits.max_agents],
    ['Messages a month', limits.max_messages],
    ['Storage', limits.max_storage, 'bytes'],
  ] as const
  return (
    <Panel title="Plan" description={plan === null ? 'None' : `You are on the plan ${plan}.`}>
      <Table>
        <Table.Tbody>
          {rows.map(([label, limit, unit]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={400}>
                {label}
              </Table.Th>
              <Table.Td ta="right">{limitText(limit, unit)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

function limitText(limit: number | null, unit?: 'bytes'): string {
  if (limit === null) return 'unlimited'
  if (unit === undefined) return limit.toLocaleString(locale.get())
  return limit >= 2 ** 30
    ? `${(limit / 2 ** 30).toLocaleString(locale.get())} GB`
    : `${(limit / 2 ** 20).toLocaleString(locale.get())} MB`
}
