import { loadSample } from '../../../src/maintenance/sample-data/load-sample.ts'
import { SAMPLE_PASSWORD } from '../../../src/maintenance/sample-data/password.ts'
import { TINY } from '../../maintenance/sample-data/tiny-scale.ts'
import type { Stage } from './stage.ts'

/** The organization of a sample that has most agents, and who can sign in to it. */
export type Sample = {
  readonly organizationId: string
  readonly owner: { readonly email: string; readonly password: string }
  readonly viewer: { readonly email: string; readonly password: string }
}

/** Fills the database of a stage with a sample that ends today, in which somebody may only look. */
export async function fillStage({ database }: Stage): Promise<Sample> {
  await loadSample(database.pool, { ...TINY, now: new Date() })
  const { rows } = await database.admin.query(
    `SELECT organization_id, email FROM users WHERE organization_role = 'owner'
     ORDER BY (SELECT count(*) FROM agents WHERE agents.organization_id = users.organization_id) DESC LIMIT 1`,
  )
  const [{ organization_id: organizationId, email }] = rows
  const { rows: others } = await database.admin.query(
    `UPDATE users SET organization_role = 'viewer' WHERE id = (
       SELECT id FROM users WHERE organization_id = $1 AND organization_role <> 'owner' AND is_active LIMIT 1
     ) RETURNING email`,
    [organizationId],
  )
  return {
    organizationId,
    owner: { email, password: SAMPLE_PASSWORD },
    viewer: { email: others[0].email, password: SAMPLE_PASSWORD },
  }
}
