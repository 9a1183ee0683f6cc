import type { SampleRow } from './batch.ts'
import { addMonths, DAY, iso } from './calendar.ts'
import type { SampleOrganization } from './organization.ts'

/** A subscription that is or was; months are counted from its beginning. */
export type Subscription = {
  readonly id: string
  readonly plan: 'starter' | 'pro' | 'enterprise'
  readonly status: 'active' | 'trialing' | 'past_due' | 'canceled'
  readonly startedAt: number
  /** None while it is live. */
  readonly endedAt: number | null
  readonly periodStart: number
  readonly periodEnd: number
  readonly isEnding: boolean
}

/** The history of what an organization has paid for, the latest last: whoever is large began smaller. */
export function makeSubscriptions(organization: SampleOrganization, today: number): Subscription[] {
  const { plan, story, createdAt, lastUseAt } = organization
  if (story === 'churned') return [ended(organization, 'starter', createdAt, lastUseAt)]
  if (plan === 'free') return []
  const months = Math.floor((today - createdAt) / (30.5 * DAY))
  if (months < 8 || plan === 'starter') return [live(organization, plan, createdAt, today)]
  const upgradedAt = addMonths(createdAt, Math.floor(months / 2))
  const former = plan === 'enterprise' ? 'pro' : 'starter'
  return [ended(organization, former, createdAt, upgradedAt), live(organization, plan, upgradedAt, today)]
}

export function subscriptionRow(
  organization: SampleOrganization,
  subscription: Subscription,
): SampleRow<'subscriptions'> {
  const { id, plan, status, startedAt, endedAt, periodStart, periodEnd, isEnding } = subscription
  const token = id.replaceAll('-', '').slice(0, 14)
  // The largest pays by bank transfer, without a payment provider.
  const isMirrored = organization.rank !== 0
  const canceledAt = endedAt ?? (isEnding ? periodStart + 4 * DAY : null)
  return {
    id,
    organization_id: organization.id,
    stripe_customer_id: isMirrored ? customerOf(organization) : null,
    stripe_subscription_id: isMirrored ? `sub_sample${token}` : null,
    plan,
    status,
    current_period_start: iso(periodStart),
    current_period_end: iso(periodEnd),
    cancel_at_period_end: isEnding,
    trial_end: status === 'trialing' ? iso(periodEnd) : null,
    created_at: iso(startedAt),
    updated_at: iso(canceledAt ?? periodStart),
    cancel_at: isEnding ? iso(periodEnd) : null,
    canceled_at: canceledAt === null ? null : iso(canceledAt),
    ended_at: endedAt === null ? null : iso(endedAt),
  }
}

export function customerOf({ id }: SampleOrganization): string {
  return `cus_sample${id.replaceAll('-', '').slice(0, 14)}`
}

function live(
  organization: SampleOrganization,
  plan: Subscription['plan'],
  startedAt: number,
  today: number,
): Subscription {
  const { story } = organization
  const common = { id: organization.random.of(`subscription ${plan}`).uuid(), plan, startedAt, endedAt: null }
  if (story === 'trial')
    return {
      ...common,
      status: 'trialing',
      periodStart: startedAt,
      periodEnd: startedAt + 14 * DAY,
      isEnding: false,
    }
  return {
    ...common,
    status: story === 'past_due' ? 'past_due' : 'active',
    ...periodAt(startedAt, today),
    isEnding: story === 'canceling',
  }
}

function ended(
  organization: SampleOrganization,
  plan: Subscription['plan'],
  startedAt: number,
  endedAt: number,
): Subscription {
  const id = organization.random.of(`subscription ${plan}`).uuid()
  const { periodStart } = periodAt(startedAt, endedAt - 1)
  return {
    id,
    plan,
    status: 'canceled',
    startedAt,
    endedAt,
    periodStart,
    periodEnd: endedAt,
    isEnding: false,
  }
}

/** The month of the subscription that holds the instant. */
function periodAt(startedAt: number, instant: number): { periodStart: number; periodEnd: number } {
  let month = 0
  while (addMonths(startedAt, month + 1) <= instant) month++
  return { periodStart: addMonths(startedAt, month), periodEnd: addMonths(startedAt, month + 1) }
}
