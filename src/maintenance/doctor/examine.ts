import { adoptedTables } from './adopted-tables.ts'
import { connection } from './connection.ts'
import { duties } from './duties.ts'
import { type Finding, failed, type Subject } from './finding.ts'
import { functions } from './functions.ts'
import { grants } from './grants.ts'
import { indexes } from './indexes.ts'
import { login } from './login.ts'
import { metrics } from './metrics.ts'
import { firstMigration, migrations } from './migrations.ts'
import { partitions } from './partitions.ts'
import { queue } from './queue.ts'
import { relationsBesidePolicies } from './relations-beside-policies.ts'
import { roles } from './roles.ts'
import { rowLevelSecurity } from './row-level-security.ts'
import { server } from './server.ts'
import { transactions } from './transactions.ts'
import { versions } from './versions.ts'
import { worker } from './worker.ts'

/** In the order in which one would put things right: what comes later may fail because of what comes before. */
const CHECKS: readonly (readonly [name: string, run: (subject: Subject) => Promise<Finding[]>])[] = [
  ['connection', connection],
  ['versions', versions],
  ['server', server],
  ['migrations', firstMigration],
  ['roles', roles],
  ['login', login],
  ['migrations', migrations],
  ['row-level security', rowLevelSecurity],
  ['adopted tables', adoptedTables],
  ['views and partitions', relationsBesidePolicies],
  ['grants', grants],
  ['functions', functions],
  ['partitions', partitions],
  ['indexes', indexes],
  ['worker', worker],
  ['queue', queue],
  ['duties', duties],
  ['metrics', metrics],
  ['transactions', transactions],
]

const FIRST = [connection, firstMigration]

export type Examined = Finding & { readonly check: string }

/** Everything that is wrong with a database, not only the first thing: a check that cannot run is a finding too. */
export async function examine(subject: Subject): Promise<Examined[]> {
  const examined: Examined[] = []
  for (const [check, run] of CHECKS) {
    const findings = await run(subject).catch((error: unknown) => [notChecked(error)])
    examined.push(...findings.map(finding => ({ check, ...finding })))
    // Without a server, or a schema, all that follows would fail for this one reason.
    if (FIRST.includes(run) && findings.some(finding => finding.state === 'failed')) break
  }
  return examined
}

const notChecked = (error: unknown) =>
  failed(
    `could not be checked: ${error instanceof Error ? error.message : String(error)}`,
    'put right what is said above, then run `tenantry doctor` again',
  )
