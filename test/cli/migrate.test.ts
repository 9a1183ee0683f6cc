import { beforeAll, expect, test } from 'vitest'
import { createEmptyDatabase } from '../support/database.ts'
import { buildCli, documentOf, runCli } from './run-cli.ts'

beforeAll(buildCli)

test('says what it would do, does it, and then has nothing to do', async () => {
  const empty = await createEmptyDatabase()
  try {
    const login = new URL(empty.url).username
    const migrate = (...more: string[]) =>
      runCli(['migrate', '--login', login, '--json', ...more], { env: { DATABASE_URL: empty.adminUrl } })

    const before = await migrate('--status')
    expect(before.exitCode).toBe(1)
    expect(documentOf(before)).toMatchObject({ current: false })
    expect(documentOf(before).migrations[0]).toEqual({ name: '0001_phase_one.sql', state: 'pending' })

    const { applied, pending, plan } = documentOf(await migrate('--dry-run'))
    expect(applied).toEqual([])
    expect(pending.length).toBeGreaterThan(10)
    expect(plan).toContain('would apply: 0001_phase_one.sql')

    const refused = await runCli(['organization', 'create', ...ACME, '--json'], {
      env: { DATABASE_URL: empty.url },
    })
    expect(refused.exitCode).toBe(1)
    expect(documentOf(refused).error).toMatchObject({
      code: 'database.not_migrated',
      hint: 'Run `tenantry migrate` first.',
    })

    expect(documentOf(await migrate())).toEqual({ applied: pending, pending: [] })
    expect(documentOf(await migrate())).toEqual({ applied: [], pending: [] })
    expect((await migrate('--status')).exitCode).toBe(0)

    const ledger = await empty.admin.query('SELECT sha256 FROM tenantry_migrations ORDER BY name LIMIT 1')
    const { sha256 } = ledger.rows[0]
    await empty.admin.query(
      "UPDATE tenantry_migrations SET sha256 = 'other' WHERE name = '0001_phase_one.sql'",
    )
    const { exitCode, stderr } = await migrate('--status')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('restore it and put the change into a new migration')
    expect(stderr).not.toContain('applies what is pending')
    await empty.admin.query('UPDATE tenantry_migrations SET sha256 = $1 WHERE name = $2', [
      sha256,
      '0001_phase_one.sql',
    ])

    const made = await runCli(['organization', 'create', ...ACME], { env: { DATABASE_URL: empty.url } })
    expect(made.exitCode).toBe(0)
  } finally {
    await empty.drop()
  }
})

const ACME = ['--name', 'Acme', '--subdomain', 'acme', '--owner-email', 'ada@acme.test']
