import type { SampleRow } from './batch.ts'
import { addMonths, DAY, HOUR, iso } from './calendar.ts'
import type { SampleOrganization } from './organization.ts'
import type { Subscription } from './subscriptions.ts'

/** Units of the currency, a month. */
const PRICES = { starter: 49, pro: 199, enterprise: 1_450 } as const

type Outcome = { status: string; paidAt: number | null; dueDate: number | null }

/** One a month for each month that has begun; all were paid but those that the story tells otherwise of. */
export function invoiceRows(
  organization: SampleOrganization,
  subscriptions: readonly Subscription[],
  today: number,
): SampleRow<'invoices'>[] {
  const random = organization.random.of('invoices')
  return subscriptions
    .filter(subscription => subscription.status !== 'trialing')
    .flatMap(subscription => {
      const end = subscription.endedAt ?? today
      const months: number[] = []
      for (let month = 0; addMonths(subscription.startedAt, month) < end; month++)
        months.push(addMonths(subscription.startedAt, month))
      return months.map((billedAt, index) => {
        const isLast = index === months.length - 1
        const { status, paidAt, dueDate } = outcomeOf(
          organization,
          subscription,
          billedAt,
          { index, isLast },
          today,
        )
        const seats = random.integer(0, 3) * 9
        const id = random.uuid()
        return {
          id,
          organization_id: organization.id,
          subscription_id: subscription.id,
          stripe_invoice_id:
            organization.rank === 0 ? null : `in_sample${id.replaceAll('-', '').slice(0, 14)}`,
          status,
          invoice_pdf: null,
          due_date: dueDate === null ? null : iso(dueDate),
          paid_at: paidAt === null ? null : iso(paidAt),
          // A hundredth of the others is about what a yen is worth, and it has no smaller unit.
          amount_minor: (PRICES[subscription.plan] + seats) * 100,
          currency: organization.currency,
          created_at: iso(billedAt),
          updated_at: iso(paidAt ?? billedAt),
        }
      })
    })
}

function outcomeOf(
  { rank, story }: SampleOrganization,
  { status }: Subscription,
  billedAt: number,
  { index, isLast }: { index: number; isLast: boolean },
  today: number,
): Outcome {
  // Whoever pays by bank transfer has a month to do so and takes half of it.
  if (rank === 0) {
    const paidAt = billedAt + 16 * DAY
    const dueDate = billedAt + 30 * DAY
    return paidAt < today ? { status: 'paid', paidAt, dueDate } : { status: 'open', paidAt: null, dueDate }
  }
  if (isLast && status === 'past_due') return { status: 'open', paidAt: null, dueDate: null }
  if (isLast && story === 'churned') return { status: 'uncollectible', paidAt: null, dueDate: null }
  if (rank === 2 && index === 1) return { status: 'void', paidAt: null, dueDate: null }
  const paidAt = billedAt + HOUR
  return paidAt < today
    ? { status: 'paid', paidAt, dueDate: null }
    : { status: 'draft', paidAt: null, dueDate: null }
}
