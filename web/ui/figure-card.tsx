import { ActionIcon, Group, Paper, Popover, Text, VisuallyHidden } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { change, percent } from './format.ts'

/** One figure, how it has changed since the period before, and how it is computed. */
export function FigureCard({ label, value, exact, detail, how, now, before, lessIsBetter }: FigureCardProps) {
  return (
    <Paper withBorder p="md" role="group" aria-label={label}>
      <Group justify="space-between" gap={4} wrap="nowrap">
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        {how !== undefined && <How label={label} how={how} />}
      </Group>
      <Text fz={{ base: '1.4rem', sm: '1.7rem' }} fw={650} lh={1.3} title={exact}>
        {value}
      </Text>
      <Change share={change(now, before)} lessIsBetter={lessIsBetter === true} />
      {detail !== undefined && (
        <Text size="sm" c="dimmed">
          {detail}
        </Text>
      )}
    </Paper>
  )
}

type FigureCardProps = {
  readonly label: string
  readonly value: string
  readonly exact?: string | undefined
  readonly detail?: ReactNode
  readonly how?: string | undefined
  readonly now: number | null
  readonly before: number | null | undefined
  readonly lessIsBetter?: boolean | undefined
}

function How({ label, how }: { label: string; how: string }) {
  return (
    <Popover width={260} withArrow>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`How ${label} is computed`}>
          <IconInfoCircle size={16} stroke={1.5} color="var(--mantine-color-dimmed)" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{how}</Text>
      </Popover.Dropdown>
    </Popover>
  )
}

function Change({ share, lessIsBetter }: { share: number | undefined; lessIsBetter: boolean }) {
  if (share === undefined)
    return (
      <Text size="sm" c="dimmed">
        nothing to compare with
      </Text>
    )
  const rounded = Math.round(share * 100)
  const good = rounded === 0 ? undefined : rounded < 0 === lessIsBetter
  const Arrow = rounded < 0 ? IconArrowDownRight : IconArrowUpRight
  const color =
    good === undefined ? 'dimmed' : good ? 'light-dark(#2b7a3d, #69db7c)' : 'light-dark(#c92a2a, #ff8787)'
  return (
    <Group gap={4} wrap="nowrap">
      {rounded !== 0 && <Arrow size={16} aria-hidden style={{ color, flexShrink: 0 }} />}
      <Text size="sm" c={color}>
        {rounded === 0 ? 'as before' : percent(share)}
        <Text span size="sm" c="dimmed">
          {rounded === 0 ? '' : ' against before'}
        </Text>
        {good !== undefined && <VisuallyHidden>{good ? ', better' : ', worse'}</VisuallyHidden>}
      </Text>
    </Group>
  )
}
