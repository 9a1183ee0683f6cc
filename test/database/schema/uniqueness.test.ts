import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'

const { admin, drop } = await createTestDatabase()
let cast: Cast
beforeAll(async () => {
  cast = await insertCast(admin)
})
afterAll(drop)

const TAKEN = { code: '23505' }

test('an organization has one live subscription and keeps the ended ones', async () => {
  await subscribe(cast.acme.id, 'canceled', 'cus_1')
  await subscribe(cast.acme.id, 'active', 'cus_1')
  await expect(subscribe(cast.acme.id, 'trialing', 'cus_2')).rejects.toMatchObject(TAKEN)
  await expect(subscribe(cast.globex.id, 'past_due', 'cus_1')).rejects.toMatchObject(TAKEN)
  await subscribe(cast.acme.id, 'incomplete', 'cus_1')
  await subscribe(cast.acme.id, 'something_new', 'cus_1')
  await admin.query(`UPDATE subscriptions SET status = 'canceled' WHERE status = 'active'`)
  await subscribe(cast.acme.id, 'trialing', 'cus_1')
})

test('one payment method of an organization is the default', async () => {
  await addPaymentMethod(cast.acme.id)
  await addPaymentMethod(cast.globex.id)
  await expect(addPaymentMethod(cast.acme.id)).rejects.toMatchObject(TAKEN)
})

test('an address has one open invitation in an organization, however it is written and however many come at once', async () => {
  const spellings = ['zoe@x.test', 'Zoe@x.test', 'ZOE@X.TEST', 'zoe@X.test']
  const outcomes = await Promise.allSettled(spellings.map(email => invite(cast.acme.id, email)))
  expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1)
  await invite(cast.globex.id, 'zoe@x.test')
  await admin.query(`UPDATE team_invitations SET status = 'expired' WHERE organization_id = $1`, [
    cast.acme.id,
  ])
  await invite(cast.acme.id, 'zoe@x.test')
})

test('the same report of usage, sent again, is no second one', async () => {
  await report(cast.acme.id, 'job-1')
  await report(cast.globex.id, 'job-1')
  await expect(report(cast.acme.id, 'job-1')).rejects.toMatchObject(TAKEN)
})

test('a member of staff has one account', async () => {
  const add = () =>
    admin.query(`INSERT INTO admin_users (email, password_hash, full_name, admin_role)
      VALUES ('carol@platform.test', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzYWx0$RdescudvJCsgt3ub+b3dWRWJTmaaJObG', 'Carol', 'super')`)
  await add()
  await expect(add()).rejects.toMatchObject(TAKEN)
})

function subscribe(organization: string, status: string, customer: string) {
  return admin.query(
    `INSERT INTO subscriptions (organization_id, plan, status, stripe_customer_id) VALUES ($1, 'pro', $2, $3)`,
    [organization, status, customer],
  )
}

function addPaymentMethod(organization: string) {
  return admin.query(
    `INSERT INTO payment_methods (organization_id, type, is_default) VALUES ($1, 'card', true)`,
    [organization],
  )
}

function invite(organization: string, email: string) {
  return admin.query(
    `INSERT INTO team_invitations (organization_id, email, role, token, expires_at)
     VALUES ($1, $2, 'member', encode(sha256(uuid_send(gen_random_uuid())), 'hex'), now() + interval '1 day')`,
    [organization, email],
  )
}

function report(organization: string, key: string) {
  return admin.query(
    `INSERT INTO usage_records (organization_id, metric_type, quantity, period_start, period_end, idempotency_key)
     VALUES ($1, 'tokens', 100, '2026-01-01Z', '2026-01-02Z', $2)`,
    [organization, key],
  )
}
