import type { RoleTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { displayName } from './member.ts'
import { readUser } from './read-user.ts'

/** The member as the activity log names them: by the name that they have now. */
export async function readActor(
  tx: RoleTx,
  input: { organizationId: string; userId: string; ipAddress?: string | undefined },
): Promise<Actor> {
  const { userId, ipAddress } = input
  const user = await readUser(tx, input)
  const from = ipAddress === undefined ? {} : { ipAddress }
  return user === undefined
    ? { name: 'Former member', ...from }
    : { name: displayName(user), userId, ...from }
}
