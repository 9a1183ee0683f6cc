import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import {
  completePasswordReset,
  createPasswordLink,
  findSession,
  readAccount,
  signIn,
} from '../../../src/domains/identity/index.ts'
import { createHostProduct, type HostProduct } from '../../support/host-product.ts'

const PASSWORD = 'a nice long password'

describe.each(['host-phase-one.sql', 'host-phase-one-by-orm.sql'] as const)(
  'on the users of a host (%s)',
  file => {
    let host: HostProduct
    const now = new Date()

    beforeAll(async () => {
      host = await createHostProduct(file)
      await host.migrate()
    })
    afterAll(() => host.drop())

    test('a member who was there before gets a password by a link, signs in and is who they were', async () => {
      const url = 'http://127.0.0.1:3000'
      const link = await createPasswordLink(host.pool, { email: 'ADA@acme.test', url, now })
      const [, secret = ''] = link.split('#')
      const mail = { url, isSetUp: false }
      await completePasswordReset(host.pool, { secret, password: PASSWORD, device: {}, mail, now })
      const session = await signIn(host.pool, { email: 'ada@acme.test', password: PASSWORD, device: {}, now })
      const found = await findSession(host.pool, { token: session.token, now })
      expect(found).toMatchObject({ organizationId: 'ac000000-0000-4000-8000-000000000001' })
      const account = await inTenant(host.pool, session.organizationId, tx => readAccount(tx, session))
      expect([account.user.email, account.organization.name, account.user.theme]).toEqual([
        'ada@acme.test',
        'Acme',
        'auto',
      ])
    })

    test('looking an address up takes an index, also where the table was there before', async () => {
      const { rows } = await host.admin.query(
        "SELECT indexdef FROM pg_indexes WHERE tablename = 'users' AND indexdef LIKE '%lower(%email%'",
      )
      expect(rows).toHaveLength(1)
    })
  },
)

test('a user of the platform itself, whom no organization has, is found by nobody', async () => {
  const host = await createHostProduct('host-phase-one-by-orm.sql')
  await host.migrate()
  const attempt = createPasswordLink(host.pool, { email: 'root@host.test', url: 'http://x', now: new Date() })
  await expect(attempt).rejects.toMatchObject({ code: 'identity.user_unknown' })
  await host.drop()
})
