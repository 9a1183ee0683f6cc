import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso } from './calendar.ts'
import { Random } from './random.ts'
import { STAFF } from './texts/people.ts'

export type Staff = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: (typeof STAFF)[number]['role']
  readonly isActive: boolean
}

export function makeStaff(seed: number): Staff[] {
  const random = new Random(`${seed}/staff`)
  return STAFF.map(person => ({ ...person, id: random.uuid() }))
}

/** Nobody signs in as staff of a sample: the hash is well-formed and of no password. */
export function staffRows(staff: readonly Staff[], today: number): SampleRow<'admin_users'>[] {
  return staff.map(({ id, name, email, role, isActive }, index) => {
    const random = new Random(`${id}/admin user`)
    const secret = (bytes: number) =>
      Buffer.from(random.hex(bytes), 'hex').toString('base64').replace(/=+$/, '')
    const joinedAt = iso(today - (700 - index * 120) * DAY)
    return {
      id,
      email,
      password_hash: `$argon2id$v=19$m=19456,t=2,p=1$${secret(16)}$${secret(32)}`,
      full_name: name,
      admin_role: role,
      is_active: isActive,
      last_login_at: iso(today - (isActive ? random.integer(1, 5) * DAY : 190 * DAY) + 9 * HOUR),
      created_at: joinedAt,
      updated_at: joinedAt,
    }
  })
}
