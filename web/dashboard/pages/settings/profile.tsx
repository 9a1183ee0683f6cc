import { Anchor, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { focusFault } from '../../../ui/focus-fault.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SavedForm } from '../../../ui/saved-form.tsx'
import { TimeZoneSelect } from '../../../ui/time-zone-select.tsx'
import { answer, api } from '../../api.ts'
import { sessionQuery, useSession } from '../../session.ts'
import { ChangeEmail } from './change-email.tsx'
import { ChangePassword } from './change-password.tsx'
import { Devices } from './devices.tsx'

export function ProfilePage() {
  return (
    <>
      <PageHeader
        title="Your profile"
        description={
          <Group component="span" gap="md">
            {PARTS.map(({ id, label }) => (
              <Anchor
                key={id}
                inherit
                underline="always"
                renderRoot={props => <Link to="/profile" hash={id} {...props} />}
              >
                {label}
              </Anchor>
            ))}
          </Group>
        }
      />
      <Stack>
        <Profile />
        <ChangeEmail />
        <ChangePassword />
        <Devices />
      </Stack>
    </>
  )
}

/** What stands below the fold is found from here. */
const PARTS = [
  { id: 'email', label: 'E-mail address' },
  { id: 'password', label: 'Password' },
  { id: 'devices', label: 'Devices' },
]

const THEMES = [
  { value: 'auto', label: 'As the device has it' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const LOCALES = ['en-GB', 'en-US', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt-BR'].map(value => ({
  value,
  label: new Intl.DisplayNames('en', { type: 'language' }).of(value) ?? value,
}))

function Profile() {
  const { user, organization } = useSession()
  const queries = useQueryClient()
  const form = useForm({
    initialValues: {
      first_name: user.first_name ?? '',
      last_name: user.last_name ?? '',
      job_title: user.job_title ?? '',
      avatar_url: user.avatar_url ?? '',
      locale: user.locale,
      time_zone: user.time_zone,
      theme: user.theme as string | null,
    },
    validate: {
      avatar_url: value =>
        value === '' || value.startsWith('https://') ? null : 'It has to begin with https://',
    },
  })
  const { setFieldValue } = form
  // It is changed in the menu as well: what stands here would undo that with the next save.
  useEffect(() => setFieldValue('theme', user.theme), [user.theme, setFieldValue])
  const save = useMutation({
    mutationFn: ({ theme, locale, time_zone, ...texts }: typeof form.values) =>
      answer(
        api.PATCH('/v1/organizations/{organizationId}/profile', {
          params: { path: { organizationId: organization.id } },
          body: {
            first_name: texts.first_name || null,
            last_name: texts.last_name || null,
            job_title: texts.job_title || null,
            avatar_url: texts.avatar_url || null,
            locale,
            time_zone,
            theme: (theme ?? 'auto') as typeof user.theme,
          },
        }),
      ),
    onSuccess: () => {
      form.resetDirty()
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  return (
    <Panel title="About you">
      <SavedForm
        onSubmit={form.onSubmit(values => save.mutate(values), focusFault(form))}
        saving={save}
        isDirty={form.isDirty()}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('first_name')} />
          <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('last_name')} />
          <TextInput
            label="Job title"
            autoComplete="organization-title"
            {...form.getInputProps('job_title')}
          />
          <TextInput
            label="Picture"
            placeholder="https://…"
            description="The address of an image"
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            {...form.getInputProps('avatar_url')}
          />
          <Select
            label="Language of dates and numbers"
            placeholder="As the browser has it"
            clearable
            data={LOCALES}
            {...form.getInputProps('locale')}
          />
          <TimeZoneSelect
            label="Your time zone"
            description="For what is sent to you. Pages tell the time by the clocks of your organization."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            placeholder={`As the organization has it (${organization.time_zone})`}
            clearable
            {...form.getInputProps('time_zone')}
          />
          <Select label="Colours" data={THEMES} allowDeselect={false} {...form.getInputProps('theme')} />
        </SimpleGrid>
      </SavedForm>
    </Panel>
  )
}
