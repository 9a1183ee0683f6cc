import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'
import { fillTables } from '../../support/fill-tables.ts'

const { admin, drop } = await createTestDatabase()
let acme: Cast['acme']
beforeAll(async () => {
  acme = (await insertCast(admin)).acme
  await fillTables(admin, acme)
})
afterAll(drop)

test.each([
  [`subscriptions SET plan = ''`],
  [`subscriptions SET status = 'ACTIVE!'`],
  [`subscriptions SET current_period_start = '2026-02-01Z', current_period_end = '2026-01-01Z'`],
  [`invoices SET amount_minor = -500`],
  [`invoices SET amount_minor = 9007199254740992`],
  [`invoices SET currency = 'eur'`],
  [`invoices SET status = 'paid'`],
  [`invoices SET status = 'open', paid_at = now()`],
  [`payment_methods SET card_exp_month = 13`],
  [`payment_methods SET card_exp_month = 0`],
  [`payment_methods SET card_exp_year = -1`],
  [`payment_methods SET card_last4 = 'x'`],
  [`payment_methods SET type = 'a card'`],
  [`usage_records SET quantity = -7`],
  [`usage_records SET period_end = period_start - interval '1 day'`],
  [`subscriptions SET ended_at = now()`],
  [`usage_records SET idempotency_key = ' '`],
  [`usage_records SET period_end = 'infinity'`],
  [`usage_records SET period_start = '-infinity'`],
  [`organizations SET name = ' '`],
  [`organizations SET max_users = -1`],
  [`users SET organization_role = 'emperor'`],
  [`team_invitations SET role = 'emperor'`],
  [`team_invitations SET status = 'maybe'`],
  [`team_invitations SET status = 'accepted'`],
  [`team_invitations SET status = 'revoked'`],
  [`team_invitations SET token = 'in-clear-text'`],
  [`team_invitations SET expires_at = created_at - interval '1 hour'`],
  [`daily_metrics SET total_messages = -1`],
  [`agent_metrics SET error_count = -4`],
  [`agent_metrics SET rating_sum = -1, rating_count = 1`],
  [`agent_metrics SET rating_sum = 11, rating_count = 2`],
  [`agent_metrics SET rating_sum = 'NaN', rating_count = 2`],
  [`agent_metrics SET response_time_sum_ms = 1`],
  [`daily_metrics SET rating_sum = 1, rating_count = 2`],
  [`daily_metrics SET rating_sum = 1`],
  [`daily_metrics SET response_time_sum_ms = 1`],
  [`daily_metrics SET response_time_sum_ms = 'NaN', response_time_count = 1`],
  [`analytics_events SET end_user_id = ''`],
  [`analytics_events SET end_user_id = repeat('a', 256)`],
  [`analytics_events SET properties = '[]'`],
  [`notifications SET title = ''`],
  [`notifications SET data = '"text"'`],
  [`notifications SET type = 'with a space'`],
  [`notifications SET is_read = true`],
  [`notifications SET read_at = now()`],
  [`notification_preferences SET email_frequency = 'fortnightly-ish'`],
  [`notification_preferences SET notification_type = repeat('a', 60)`],
  [`admin_users SET email = 'Carol@platform.test'`],
  [`admin_users SET admin_role = 'emperor'`],
  [`admin_users SET password_hash = 'secret'`],
  [`admin_users SET password_hash = '$argon2id$secret'`],
  [`admin_users SET full_name = ' '`],
  [`support_tickets SET subject = ' '`],
  [`support_tickets SET tags = '{vip,NULL}'`],
  [`support_tickets SET status = 'resolved', resolved_at = created_at - interval '1 hour'`],
  [`support_ticket_comments SET author_name = ''`],
  [`team_invitations SET status = 'accepted', accepted_at = created_at - interval '1 hour'`],
  [`support_tickets SET priority = 'whatever'`],
  [`support_tickets SET status = 'lost'`],
  [`support_tickets SET resolved_at = now()`],
  [`support_tickets SET status = 'resolved'`],
  [`support_ticket_comments SET author_type = 'martian'`],
  [`support_ticket_comments SET is_internal = true`],
  [`api_keys SET scopes = '{}'`],
  [`api_keys SET scopes = '{everything}'`],
  [`api_keys SET key_hash = 'tny_in_clear_text'`],
])('UPDATE %s is refused', async change => {
  await expect(admin.query(`UPDATE ${change}`)).rejects.toMatchObject({ code: '23514' })
})

test('a log that names nobody is refused', async () => {
  const write = admin.query(
    `INSERT INTO activity_logs (organization_id, actor_name, action_type) VALUES ($1, ' ', 'agent.created')`,
    [acme.id],
  )
  await expect(write).rejects.toMatchObject({ code: '23514' })
})

test.each([
  ['a status that the provider invents tomorrow', `subscriptions SET status = 'paused_by_regulator'`],
  ['a plan of the host', `subscriptions SET plan = 'Team-2026.v2'`],
  ['an invoice that is due by no day', `invoices SET due_date = NULL`],
  ['a paid invoice with its time', `invoices SET status = 'paid', paid_at = now()`],
  ['a subscription that is over, with the time', `subscriptions SET status = 'canceled', ended_at = now()`],
  [
    'a ticket that is resolved',
    `support_tickets SET status = 'resolved', resolved_at = now(), tags = '{vip}'`,
  ],
  ['ratings of 1 and of 5', `agent_metrics SET rating_sum = 6, rating_count = 2`],
  ['answers that took no time', `agent_metrics SET response_time_sum_ms = 0, response_time_count = 3`],
  ['three billion tokens', `usage_records SET quantity = 3000000000`],
  ['a type of payment that is no card', `payment_methods SET type = 'sepa_debit', card_last4 = NULL`],
])('%s is taken', async (_, change) => {
  await admin.query(`UPDATE ${change}`)
})
