import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { ALLOWED, countByKind, names, readRules } from './rules.ts'

/** Kinds that come with later work; everything else must be there. */
const LATER = ['backup']

test('a freshly migrated database holds every item of the specification', async () => {
  const database = await createTestDatabase()
  const { output, unused } = await runCheck(asOwner(database.adminUrl))
  await database.drop()
  const open = output.filter(line => /: (missing|differs) \(/.test(line))
  const later = open.filter(line => LATER.includes(line.slice(0, line.indexOf(':'))))
  const rules = readRules()
  const here = open.filter(line => !later.includes(line))
  const missing = here.filter(line => /: missing \(/.test(line)).length
  for (const line of here) console.log(line)
  console.log(
    `${output.at(-1)?.split(',')[0]}: ${missing} missing, ${here.length - missing} differ, ${later.length} later (${LATER.join(', ')})`,
  )
  console.log(
    `${rules.length} rules: ${countByKind(rules)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  )

  expect(output.at(-1)).toMatch(/^\d+ items, \d+ missing, \d+ differ$/)
  expect(here).toEqual([])
  expect(unused, 'rules that nothing needs any more').toEqual([])
  for (const rule of rules.filter(each => each.covers !== undefined)) {
    const excused = output.filter(line => line.includes(`${rule.deviation}; ${rule.reason}`)).map(itemOf)
    expect(
      excused.filter(item => names(rule, item)).sort(),
      `what ${rule.item} / ${rule.deviation} excuses`,
    ).toEqual(rule.covers?.toSorted())
  }
})

/** The check imports `pg` from where it lies, so it is linked to where that is found. */
async function runCheck(databaseUrl: string): Promise<{ output: string[]; unused: string[] }> {
  const specification = resolve(process.env.TENANTRY_SPECIFICATION ?? '')
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-specification-'))
  symlinkSync(join(specification, 'check.mjs'), join(folder, 'check.mjs'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  try {
    const check = spawn(
      process.execPath,
      [
        '--preserve-symlinks',
        '--preserve-symlinks-main',
        join(folder, 'check.mjs'),
        join(specification, 'spec.json'),
        fileURLToPath(ALLOWED),
      ],
      { env: { ...process.env, DATABASE_URL: databaseUrl } },
    )
    let stdout = ''
    let stderr = ''
    check.stdout.on('data', chunk => {
      stdout += chunk
    })
    check.stderr.on('data', chunk => {
      stderr += chunk
    })
    await new Promise(done => check.once('close', done))
    const complaints = stderr.split('\n').filter(line => line !== '')
    const unused = complaints.filter(line => line.startsWith('unused rule: '))
    expect(complaints.filter(line => !unused.includes(line))).toEqual([])
    return { output: stdout.trimEnd().split('\n'), unused }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A line of the check is `item: verdict`, and an item holds no space. */
function itemOf(line: string): string {
  return line.slice(0, line.indexOf(': '))
}

/** The check runs as the owner of the tables. */
function asOwner(url: string): string {
  const owner = new URL(url)
  owner.searchParams.set('options', '-c role=tenantry_owner')
  return owner.href
}
