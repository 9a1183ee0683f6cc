import type { Scope } from '../../domains/organizations/index.ts'
import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'

/**
 * A key in use; larger organizations replaced theirs a month ago, and have others for what they try out and for their
 * figures. The hashes are of no key that anybody has.
 */
export function apiKeyRows(
  organization: SampleOrganization,
  members: readonly Member[],
): SampleRow<'api_keys'>[] {
  const { id, plan, createdAt, lastUseAt } = organization
  const random = organization.random.of('api keys')
  const make = (name: string, scopes: readonly Scope[], times: Times): SampleRow<'api_keys'> => ({
    id: random.uuid(),
    organization_id: id,
    name,
    key_prefix: `tny_${random.hex(4)}`,
    key_hash: random.hex(32),
    scopes: [...scopes],
    created_by: random.pick(members.slice(0, 2)).id,
    created_at: iso(times.madeAt),
    last_used_at: times.usedAt === undefined ? null : iso(times.usedAt),
    expires_at: times.endsAt === undefined ? null : iso(times.endsAt),
    revoked_at: times.revokedAt === undefined ? null : iso(times.revokedAt),
  })
  const production = (times: Times) => make('Production', ['events:write', 'agents:write'], times)
  const madeAt = createdAt + HOUR
  const replacedAt = lastUseAt - 30 * DAY
  if (plan === 'free' || plan === 'starter' || replacedAt < createdAt + 3 * DAY)
    return [production({ madeAt, usedAt: lastUseAt - HOUR })]
  const overlap = { usedAt: replacedAt + 5 * HOUR, endsAt: replacedAt + DAY }
  const staging = { madeAt: createdAt + DAY, usedAt: createdAt + 2 * DAY, revokedAt: replacedAt + HOUR }
  return [
    production({ madeAt, ...overlap }),
    make('Staging', ['events:write'], staging),
    make('Reporting', ['metrics:read'], { madeAt: createdAt + 2 * DAY, usedAt: lastUseAt - 7 * HOUR }),
    production({ madeAt: replacedAt, usedAt: lastUseAt - HOUR }),
  ]
}

type Times = {
  readonly madeAt: number
  readonly usedAt?: number
  readonly endsAt?: number
  readonly revokedAt?: number
}
