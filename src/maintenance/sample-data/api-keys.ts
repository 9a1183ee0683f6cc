import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'

/** A key in use, and for larger organizations one that was rotated out. Their hashes are of no key that anybody has. */
export function apiKeyRows(
  organization: SampleOrganization,
  [owner]: readonly Member[],
): SampleRow<'api_keys'>[] {
  const { id, plan, createdAt, lastUseAt } = organization
  const random = organization.random.of('api keys')
  const make = (name: string, madeAt: number, usedAt: number, revokedAt: number | null) => ({
    id: random.uuid(),
    organization_id: id,
    name,
    key_prefix: `tny_${random.hex(4)}`,
    key_hash: random.hex(32),
    scopes: ['events:write', 'agents:write'],
    created_by: owner?.id ?? null,
    created_at: iso(madeAt),
    last_used_at: iso(usedAt),
    revoked_at: revokedAt === null ? null : iso(revokedAt),
  })
  const rotatedAt = lastUseAt - 30 * DAY
  if (plan === 'free' || plan === 'starter' || rotatedAt < createdAt + DAY)
    return [make('Production', createdAt + HOUR, lastUseAt - HOUR, null)]
  return [
    make('Production', createdAt + HOUR, rotatedAt + HOUR, rotatedAt + 2 * DAY),
    make('Production', rotatedAt, lastUseAt - HOUR, null),
  ]
}
