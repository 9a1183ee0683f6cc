import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
let lines: string[]
beforeAll(async () => {
  host = await createHostProduct('host-phase-one-by-orm.sql')
  lines = await host.migrate()
})
afterAll(() => host?.drop())

test('x', async () => {
  console.log(lines.join('\n'))
  console.log((await host.admin.query('select * from organizations')).rows)
  console.log((await host.admin.query('select * from users')).rows)
  expect(1).toBe(1)
})
