import { createPool } from '../../src/database/pool.ts'
import { buildTestServer } from './server.ts'

/** The description of the API as it is committed: what /openapi.json answers, indented. No database is asked. */
export async function generateOpenapi(): Promise<string> {
  const pool = createPool({ url: 'postgres://127.0.0.1:1/none', max: 1, name: 'tenantry generate openapi' })
  const app = await buildTestServer({ pool })
  try {
    const answer = await app.inject({ url: '/openapi.json' })
    return `${JSON.stringify(answer.json(), null, 2)}\n`
  } finally {
    await app.close()
    await pool.end()
  }
}
