import { SimpleGrid } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FigureCard } from '../../../ui/figure-card.tsx'
import { duration, rating, short, whole } from '../../../ui/format.ts'
import { glossaryQuery } from './query.ts'

/** What an organization and an agent both have. */
export type Figures = {
  readonly messages: number
  readonly conversations: number
  readonly tokens: number
  readonly avg_response_time: number | null
  readonly p50_response_time: number | null
  readonly p95_response_time: number | null
  readonly satisfaction: number | null
  readonly ratings: number
  readonly errors: number
  readonly active_users?: number
}

type DayFigure<Day> = {
  readonly label: string
  readonly of: (day: Day) => number | null
  readonly format: (value: number) => string
}

/** The figures of a period against those of the one before. */
export function FigureCards({ now, before }: { now: Figures; before: Figures | null }) {
  const { data: glossary } = useQuery(glossaryQuery)
  const count = (
    label: string,
    figure: 'messages' | 'conversations' | 'tokens' | 'errors' | 'active_users',
    lessIsBetter = false,
  ) => {
    const value = now[figure] ?? 0
    return (
      <FigureCard
        label={label}
        value={short(value)}
        exact={whole(value)}
        how={glossary?.[figure].how}
        now={value}
        before={before?.[figure]}
        lessIsBetter={lessIsBetter}
      />
    )
  }
  return (
    <SimpleGrid
      // Six of an agent fill two rows of three; an organization has one more.
      cols={{ base: 2, md: 3, ...(now.active_users !== undefined && { lg: 4 }) }}
      spacing={{ base: 'xs', sm: 'md' }}
    >
      {count('Messages', 'messages')}
      {count('Conversations', 'conversations')}
      {now.active_users !== undefined && count('Active users', 'active_users')}
      {count('Tokens', 'tokens')}
      <FigureCard
        label="Response time"
        value={duration(now.avg_response_time)}
        detail={
          now.p50_response_time === null
            ? undefined
            : `half within about ${roughly(now.p50_response_time)}, 95 % within about ${roughly(now.p95_response_time)}`
        }
        how={glossary && `${glossary.avg_response_time.how} ${glossary.p95_response_time.how}`}
        now={now.avg_response_time}
        before={before?.avg_response_time}
        lessIsBetter
      />
      <FigureCard
        label="Satisfaction"
        value={now.satisfaction === null ? rating(null) : `${rating(now.satisfaction)} of 5`}
        detail={now.ratings === 1 ? 'one rating' : `${whole(now.ratings)} ratings`}
        how={glossary?.satisfaction.how}
        now={now.satisfaction}
        before={before?.satisfaction}
      />
      {count('Errors', 'errors', true)}
    </SimpleGrid>
  )
}

/** A percentile is off by up to a tenth: more digits than two would promise too much. */
const roughly = (milliseconds: number | null) =>
  duration(milliseconds === null ? null : Number(milliseconds.toPrecision(2)))

/** What can be looked at day by day, of an agent. */
export const AGENT_DAYS: readonly DayFigure<Figures>[] = [
  { label: 'Messages', of: day => day.messages, format: short },
  { label: 'Conversations', of: day => day.conversations, format: short },
  { label: 'Tokens', of: day => day.tokens, format: short },
  { label: 'Response time', of: day => day.avg_response_time, format: duration },
  { label: 'Satisfaction', of: day => day.satisfaction, format: rating },
  { label: 'Errors', of: day => day.errors, format: short },
]

/** And of an organization. */
export const ORGANIZATION_DAYS: readonly DayFigure<Figures & { readonly active_users: number }>[] =
  AGENT_DAYS.toSpliced(2, 0, {
    label: 'Active users',
    of: day => day.active_users ?? 0,
    format: short,
  })
