import type pg from 'pg'
import { inTenant } from '../database/transaction.ts'
import { createApiKey, OPERATOR, SCOPES } from '../domains/organizations/index.ts'
import type { SampleAccess } from '../maintenance/sample-data/sample-access.ts'
import type { Terminal } from './terminal.ts'

/** The ways into a sample; the key only where it has just been made, since nobody can be shown it again. */
export type OpenedSample = SampleAccess & { readonly apiKey?: string }

/** A key of the largest organization, random as any: the rest of a sample may be known, this opens more than reading. */
export async function makeSampleKey(pool: pg.Pool, { organizationId }: SampleAccess): Promise<string> {
  const input = { scopes: SCOPES, name: 'Sample data', actor: OPERATOR }
  const { key } = await inTenant(pool, organizationId, tx => createApiKey(tx, input))
  return key
}

export function sampleDocument({ organizationId, apiKey, logins, password }: OpenedSample) {
  return { organization_id: organizationId, ...(apiKey && { api_key: apiKey }), logins, password }
}

/** What a person needs to look at a sample, to paste. */
export function describeSample(sample: OpenedSample, url: string, now: Date): string {
  const { organizationId, organizationName, apiKey, logins, password } = sample
  const width = Math.max(...logins.map(({ email }) => email.length))
  const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10)
  const signIns = logins.map(({ email, role }) => `    ${email.padEnd(width)}  ${role}`).join('\n')
  const key =
    apiKey === undefined
      ? `  API key    npx tenantry api-key create --organization ${organizationId} --scope metrics:read`
      : `  API key    ${apiKey}  (shown this once)

  curl "${url}/v1/organizations/${organizationId}/metrics/daily?from=${day(6)}&to=${day(0)}" \\
    -H "Authorization: Bearer ${apiKey}"`
  return `  Sign in    to ${organizationName}, with the password ${password}, as

${signIns}

${key}`
}

const WIDTH = 24

/** A bar that fills, where a person is watching. */
export function showProgress(terminal: Pick<Terminal, 'progress'>): (done: number, what: string) => void {
  let last = -1
  return (done, what) => {
    const percent = Math.floor(done * 100)
    if (percent === last) return
    last = percent
    const filled = Math.round(done * WIDTH)
    terminal.progress(`sample data [${'#'.repeat(filled).padEnd(WIDTH, '.')}] ${percent} % ${what}`)
  }
}
