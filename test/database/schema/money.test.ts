import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'

const { admin, drop } = await createTestDatabase()
let acme: Cast['acme']
beforeAll(async () => {
  acme = (await insertCast(admin)).acme
})
afterAll(drop)

test.each([
  ['JPY', 500, '500.000'],
  ['EUR', 500, '5.000'],
  ['EUR', 1, '0.010'],
  ['KWD', 1230, '1.230'],
  ['KWD', 1, '0.001'],
  ['ISK', 500, '5.000'],
  ['USD', 10_000_000_001, '100000000.010'],
  ['JPY', Number.MAX_SAFE_INTEGER, '9007199254740991.000'],
  ['USD', Number.MAX_SAFE_INTEGER, '90071992547409.910'],
])('%s %d in minor units is the amount %s', async (currency, minor, amount) => {
  expect(await store(currency, minor)).toBe(amount)
})

test('no amount is rounded: minor units come back from it exactly', async () => {
  const currency = fc.constantFrom(['VND', 0] as const, ['USD', 2] as const, ['BHD', 3] as const)
  const invoice = fc.record({ currency, minor: fc.maxSafeNat() })
  await fc.assert(
    fc.asyncProperty(invoice, async ({ currency: [code, decimals], minor }) => {
      const amount = await store(code, minor)
      const digits = BigInt(amount.replace('.', ''))
      expect(digits).toBe(BigInt(minor) * 10n ** BigInt(3 - decimals))
    }),
    { numRuns: 60 },
  )
})

test('the amount follows its minor units and cannot be set beside them', async () => {
  await store('USD', 100)
  await admin.query('UPDATE invoices SET amount_minor = 250')
  const { rows } = await admin.query('SELECT DISTINCT amount FROM invoices WHERE currency = $1', ['USD'])
  expect(rows).toEqual([{ amount: 2.5 }])
  await expect(admin.query('UPDATE invoices SET amount = 1')).rejects.toMatchObject({ code: '428C9' })
})

test.each(['subscriptions', 'invoices', 'usage_records', 'organizations'])(
  'TRUNCATE %s CASCADE empties no accounts, the owner neither',
  async table => {
    const client = await admin.connect()
    try {
      await client.query('BEGIN; SET LOCAL ROLE tenantry_owner')
      await expect(client.query(`TRUNCATE ${table} CASCADE`)).rejects.toMatchObject({ code: 'TN003' })
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  },
)

async function store(currency: string, minor: number): Promise<string> {
  const { rows } = await admin.query<{ amount: string }>(
    `INSERT INTO invoices (organization_id, status, amount_minor, currency) VALUES ($1, 'open', $2, $3) RETURNING amount::text`,
    [acme.id, minor, currency],
  )
  return rows[0]?.amount ?? ''
}
