import type { SampleRow } from './batch.ts'
import { DAY, iso } from './calendar.ts'
import type { SampleOrganization } from './organization.ts'
import type { Subscription } from './subscriptions.ts'

/** A card for whoever pays by card, a second one for some; the largest pays by bank transfer. */
export function paymentMethodRows(
  organization: SampleOrganization,
  subscriptions: readonly Subscription[],
  today: number,
): SampleRow<'payment_methods'>[] {
  const [first] = subscriptions
  if (first === undefined) return []
  const random = organization.random.of('payment methods')
  const year = new Date(today).getUTCFullYear()
  const count = organization.rank === 0 ? 1 : random.integer(1, 2)
  return Array.from({ length: count }, (_, index) => {
    const id = random.uuid()
    const isCard = organization.rank !== 0
    // The card that a payment failed with has run out.
    const expired = organization.story === 'past_due' && index === 0
    const at = iso(
      first.startedAt + index * 40 * DAY < today ? first.startedAt + index * 40 * DAY : first.startedAt,
    )
    return {
      id,
      organization_id: organization.id,
      stripe_payment_method_id: isCard ? `pm_sample${id.replaceAll('-', '').slice(0, 14)}` : null,
      type: isCard ? 'card' : 'customer_balance',
      card_brand: isCard ? random.pick(['visa', 'visa', 'mastercard', 'amex']) : null,
      card_last4: isCard ? random.pick(['4242', '5556', '4444', '0005', '1117']) : null,
      card_exp_month: isCard ? random.integer(1, 12) : null,
      card_exp_year: isCard ? year + (expired ? -1 : random.integer(1, 4)) : null,
      is_default: index === 0,
      created_at: at,
      updated_at: at,
    }
  })
}
