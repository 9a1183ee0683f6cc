import {
  AppShell,
  Burger,
  Container,
  Group,
  NavLink,
  Skeleton,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { locale } from '../../ui/locale.ts'
import { TimeZone } from '../../ui/time-zone.ts'
import { sessionQuery } from '../session.ts'
import { Bell } from './bell.tsx'
import { InsideShell } from './inside-shell.ts'
import { useLiveUpdates } from './live-updates.ts'
import { NAVIGATION } from './navigation.ts'
import { UserMenu } from './user-menu.tsx'
import { VerifyBanner } from './verify-banner.tsx'

/** What stands around every page of a member: where they are, where they can go, who they are. */
export function Shell() {
  const { data: session } = useQuery(sessionQuery)
  const [opened, menu] = useDisclosure()
  const location = useLocation()
  const navigate = useNavigate()
  useLiveUpdates(session?.organization.id)
  // The address changes before the page of sign-in is there: from then on this is no more ours to decide.
  const isLeaving = location.pathname === '/sign-in'
  const hasEnded = session === null && !isLeaving
  useEffect(() => {
    if (hasEnded)
      void navigate({ to: '/sign-in', search: { next: location.href, reason: 'ended' }, replace: true })
  }, [hasEnded, navigate, location.href])
  if (!session) return null
  locale.choose(session.user.locale)
  const places = NAVIGATION.filter(
    ({ permission }) => session.permissions.includes(permission) || !session.user.email_verified,
  )
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <AppShell.Header>
        <Group h="100%" px="sm" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Burger
              opened={opened}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
              aria-expanded={opened}
            />
            <UnstyledButton renderRoot={props => <Link to="/" {...props} />} miw={0}>
              <Text fw={650} truncate>
                {session.organization.name}
              </Text>
            </UnstyledButton>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {session.permissions.includes('notifications:read') && (
              <Bell organizationId={session.organization.id} />
            )}
            <UserMenu session={session} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages">
        {places.map(({ to, label, icon: Picture }) => (
          <NavLink
            key={to}
            label={label}
            leftSection={<Picture size={18} stroke={1.6} aria-hidden />}
            active={to === '/' ? location.pathname === '/' : location.pathname.startsWith(to)}
            onClick={menu.close}
            renderRoot={props => <Link to={to} {...props} />}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Container size="lg" p={0}>
          <VerifyBanner session={session} />
          <TimeZone value={session.organization.time_zone}>
            <InsideShell value={true}>
              <Suspense fallback={<PageSkeleton />}>
                <Outlet />
              </Suspense>
            </InsideShell>
          </TimeZone>
        </Container>
      </AppShell.Main>
    </AppShell>
  )
}

function PageSkeleton() {
  return (
    <Stack aria-hidden>
      <Skeleton height={32} width={220} />
      <Skeleton height={120} />
      <Skeleton height={260} />
    </Stack>
  )
}
