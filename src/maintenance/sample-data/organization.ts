import { limitsOfPlan } from '../../domains/organizations/index.ts'
import type { SampleRow } from './batch.ts'
import { addMonths, DAY, HOUR, iso, startOfDay } from './calendar.ts'
import { Random } from './random.ts'
import { HISTORY_DAYS, type SampleInput } from './scale.ts'
import { COMPANIES, type Company, NAME_PARTS, PLACES } from './texts/companies.ts'
import { INDUSTRY_NAMES } from './texts/industries.ts'

/** What has become of an organization so far; it shows in its use and in its bills. */
export type Story = 'steady' | 'growing' | 'new' | 'trial' | 'past_due' | 'canceling' | 'churned'

export type SampleOrganization = Company & {
  readonly id: string
  /** 0 is the largest. */
  readonly rank: number
  readonly plan: 'free' | 'starter' | 'pro' | 'enterprise'
  readonly story: Story
  readonly createdAt: number
  /** When its use ended, or the end of the history. */
  readonly lastUseAt: number
  /** Conversations on a working day at the end. */
  readonly volume: number
  readonly random: Random
}

/** The organizations of the sample, the largest first: few are large and many are small, as customers are. */
export function makeOrganizations({ scale, seed, now }: SampleInput): SampleOrganization[] {
  const today = startOfDay(now.getTime())
  return Array.from({ length: scale.organizations }, (_, rank) => {
    const random = new Random(`${seed}/organization ${rank}`)
    const story = storyOf(rank, random.of('story'))
    const company = COMPANIES[rank] ?? makeCompany(rank, random.of('company'))
    return {
      ...company,
      id: random.uuid(),
      rank,
      plan: planOf(rank / scale.organizations, story),
      story,
      createdAt: createdAt(story, today, random),
      lastUseAt: story === 'churned' ? today - 24 * DAY : now.getTime(),
      volume: scale.largest / (rank + 1) ** 1.1,
      random,
    }
  })
}

export function organizationRow(organization: SampleOrganization): SampleRow<'organizations'> {
  const { id, name, subdomain, plan, story, timeZone, createdAt } = organization
  const at = iso(createdAt)
  return {
    id,
    name,
    subdomain,
    plan,
    plan_status: story === 'trial' ? 'trialing' : story === 'past_due' ? 'past_due' : 'active',
    time_zone: timeZone,
    created_at: at,
    updated_at: at,
    ...limitsOfPlan(plan),
  }
}

const FIRST_STORIES: readonly Story[] = [
  'growing',
  'steady',
  'growing',
  'canceling',
  'past_due',
  'new',
  'trial',
  'churned',
  'steady',
]

function storyOf(rank: number, random: Random): Story {
  const first = FIRST_STORIES[rank]
  if (first !== undefined) return first
  return random.pick([
    'steady',
    'steady',
    'steady',
    'growing',
    'new',
    'trial',
    'past_due',
    'churned',
  ] as const)
}

/** A twelfth pays the most, a quarter pro, a quarter starter; the rest and whoever has left pay nothing. */
function planOf(position: number, story: Story): SampleOrganization['plan'] {
  if (story === 'churned') return 'free'
  if (position < 1 / 12) return 'enterprise'
  if (position < 1 / 3 || story === 'trial') return 'pro'
  return position < 0.6 || story === 'past_due' ? 'starter' : 'free'
}

/** On one of the first 28 days of a month, so that bills come on the same day of every month. */
function createdAt(story: Story, today: number, random: Random): number {
  const time = random.integer(7, 19) * HOUR + random.integer(0, HOUR - 1)
  if (story === 'trial') return today - 9 * DAY + time
  if (story === 'new') return today - random.integer(20, 45) * DAY + time
  const month = addMonths(today - (HISTORY_DAYS + 40) * DAY, -random.integer(1, 26))
  return new Date(month).setUTCDate(random.integer(1, 28)) + time
}

function makeCompany(rank: number, random: Random): Company {
  const industry = random.pick(INDUSTRY_NAMES)
  const [timeZone, currency] = random.pick(PLACES)
  const name = `${random.pick(NAME_PARTS.first)} ${random.pick(NAME_PARTS.second[industry])}`
  // The same name may come twice, as in life; a subdomain may not.
  const subdomain = `${name.toLowerCase().replace(' ', '-')}-${rank}`
  return { name, subdomain, industry, timeZone, currency }
}
