import { expect, test } from 'vitest'
import { linkTo, parseLinkSecret } from '../../../src/domains/identity/link.ts'
import { generateSecret, hashSecret } from '../../../src/platform/secret.ts'

const organizationId = 'ac000000-0000-4000-8000-000000000001'
const secret = generateSecret()

test('a secret stands in the fragment alone, and is found again there', () => {
  const link = linkTo('https://tenantry.example', { purpose: 'reset_password', organizationId, secret })
  const { pathname, search, hash } = new URL(link)
  expect([pathname, search]).toEqual(['/reset', ''])
  expect(hash).toContain(secret)
  for (const text of [hash, hash.slice(1), ` ${hash.slice(1)}\n`, hash.replace('ac0', 'AC0')])
    expect(parseLinkSecret(text)).toEqual({ organizationId, secretHash: hashSecret(secret) })
})

test.each([
  ['nothing', ''],
  ['no organization', secret],
  ['half a secret', `${organizationId}.${secret.slice(0, 20)}`],
  ['something behind it', `${organizationId}.${secret}.x`],
  ['no id', `acme.${secret}`],
])('%s is no secret of a link', (_what, text) => {
  expect(parseLinkSecret(text)).toBeUndefined()
})
