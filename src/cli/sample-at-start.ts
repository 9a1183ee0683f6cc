import type pg from 'pg'
import { createPool } from '../database/pool.ts'
import { inRole } from '../database/transaction.ts'
import { isEmptyDatabase, loadSample } from '../maintenance/sample-data/load-sample.ts'
import { defaultSample, sampleAccess } from '../maintenance/sample-data/sample-access.ts'
import type { Configuration } from '../platform/configuration.ts'
import { isLoopback } from '../platform/loopback.ts'
import { makeSampleKey, type OpenedSample, showProgress } from './sample-access.ts'
import type { Terminal } from './terminal.ts'

/**
 * Fills a database of our own that holds no organization, so that the first look shows something; gives the ways in,
 * also where the sample came in an earlier start. Not where other machines reach the server: everybody may know the
 * password of a sample.
 */
export async function openSampleAtStart(
  url: string,
  configuration: Pick<Configuration, 'sampleData' | 'host' | 'url'>,
  terminal: Pick<Terminal, 'note' | 'progress'>,
): Promise<OpenedSample | undefined> {
  if (!configuration.sampleData) return undefined
  const input = defaultSample(new Date())
  const access = sampleAccess(input)
  const pool = createPool({ url, max: 4, name: 'tenantry sample data' })
  try {
    if (await holdsOrganization(pool, access.organizationId)) {
      if (isReachable(configuration)) terminal.note(WARNING)
      return access
    }
    if (isReachable(configuration) || !(await inRole(pool, 'tenantry_admin', isEmptyDatabase)))
      return undefined
    terminal.note('Filling the empty database with sample data; TENANTRY_SAMPLE_DATA=off leaves it empty …')
    await loadSample(pool, input, showProgress(terminal))
    return { ...access, apiKey: await makeSampleKey(pool, access) }
  } finally {
    await pool.end()
  }
}

function holdsOrganization(pool: pg.Pool, id: string): Promise<boolean> {
  return inRole(pool, 'tenantry_admin', async tx => {
    const found = await tx.selectFrom('organizations').select('id').where('id', '=', id).executeTakeFirst()
    return found !== undefined
  })
}

const WARNING =
  'warning: this database holds sample data, and everybody may know the password of its members. Let no other machine reach it.'

/** By the address that it listens on, or by the one that a proxy in front of it has. */
function isReachable({ host, url }: Pick<Configuration, 'host' | 'url'>): boolean {
  return !isLoopback(host) || !isLoopback(new URL(url).host)
}
