import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api, type Session } from '../api.ts'
import { sessionQuery, useBeginSession } from '../session.ts'

export function UserMenu({ session }: { session: Session }) {
  const { user, organization } = session
  const { setColorScheme } = useMantineColorScheme()
  const queries = useQueryClient()
  const beginSession = useBeginSession()
  const navigate = useNavigate()
  // What the profile says holds on every device; the browser remembers it for the first paint.
  useEffect(() => setColorScheme(user.theme), [user.theme, setColorScheme])
  const saveTheme = useMutation({
    mutationFn: (theme: Session['user']['theme']) =>
      api.PATCH('/v1/organizations/{organizationId}/profile', {
        params: { path: { organizationId: organization.id } },
        body: { theme },
      }),
    // Shown at once. The effect above would undo whatever else than the profile were changed here.
    onMutate: theme =>
      queries.setQueryData(
        sessionQuery.queryKey,
        known => known && { ...known, user: { ...known.user, theme } },
      ),
    onError: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  })
  const signOut = useMutation({
    mutationFn: () => api.DELETE('/v1/session'),
    onSettled: async () => {
      await navigate({ to: '/sign-in', search: {} })
      beginSession(null)
    },
  })
  const name = nameOf(user)
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${name}`}>
          <Avatar src={user.avatar_url} name={name} color="initials" size={34} alt="" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} truncate c="var(--mantine-color-text)">
            {name}
          </Text>
          <Text size="xs" truncate>
            {user.email}
          </Text>
          <Text size="xs">{session.role}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUser size={16} aria-hidden />}
          renderRoot={props => <Link to="/profile" {...props} />}
        >
          Profile, password, devices
        </Menu.Item>
        <Menu.Label>Colours</Menu.Label>
        <Menu.RadioGroup
          value={user.theme}
          onChange={value => saveTheme.mutate(value as Session['user']['theme'])}
        >
          <Menu.RadioItem value="auto">Device</Menu.RadioItem>
          <Menu.RadioItem value="light">Light</Menu.RadioItem>
          <Menu.RadioItem value="dark">Dark</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export function nameOf(user: Pick<Session['user'], 'first_name' | 'last_name' | 'email'>): string {
  return [user.first_name, user.last_name].filter(Boolean).join(' ') || user.email
}
