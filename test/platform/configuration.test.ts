import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseConfiguration } from '../../src/platform/configuration.ts'
import { defaultDataDir } from '../../src/platform/default-data-dir.ts'
import { AppError } from '../../src/platform/errors.ts'

describe('configuration', () => {
  test('an empty environment is a server for this machine with a database of its own', () => {
    expect(parseConfiguration({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      url: 'http://127.0.0.1:3000',
      databaseUrl: undefined,
      dataDir: resolve('.tenantry'),
      archiveDir: resolve('.tenantry/archive'),
      eventRetention: { days: 90, plans: {} },
      sampleData: true,
      databasePoolSize: 10,
      logLevel: 'info',
      trustedProxies: [],
      insecureHttp: false,
      lateEventDays: 7,
      rateLimitPerKey: 60_000,
      rateLimitPerAddress: 300,
      smtpUrl: undefined,
      mailFrom: 'Tenantry <tenantry@localhost>',
    })
  })

  test('a clone has one database of its own, from whichever of its folders a command is run', () => {
    const clone = resolve('.')
    expect(defaultDataDir(clone)).toBe(resolve('.tenantry'))
    expect(defaultDataDir(resolve('docs/decisions'))).toBe(resolve('.tenantry'))
    expect(defaultDataDir(resolve('..'))).toBe(resolve('../.tenantry'))
    expect(defaultDataDir(`${clone}-of-another`)).toBe(`${clone}-of-another/.tenantry`)
  })

  test('every variable is read', () => {
    expect(
      parseConfiguration({
        HOST: '0.0.0.0',
        PORT: '8080',
        TENANTRY_URL: 'https://tenantry.example.com/',
        DATABASE_URL: 'postgres://app:secret@db:5432/product',
        TENANTRY_DATA_DIR: '/var/lib/tenantry',
        TENANTRY_ARCHIVE_DIR: '/mnt/cold',
        TENANTRY_EVENT_RETENTION_DAYS: '120, pro = 180,enterprise=365',
        TENANTRY_SAMPLE_DATA: 'off',
        DATABASE_POOL_SIZE: '40',
        LOG_LEVEL: 'warn',
        TRUSTED_PROXIES: '10.0.0.0/8, loopback',
        TENANTRY_INSECURE_HTTP: '1',
        TENANTRY_LATE_EVENT_DAYS: '30',
        RATE_LIMIT_PER_KEY: '100',
        RATE_LIMIT_PER_ADDRESS: '10',
        SMTP_URL: 'smtp://mailer:secret@mail:587',
        MAIL_FROM: 'Example <no-reply@example.com>',
      }),
    ).toEqual({
      host: '0.0.0.0',
      port: 8080,
      url: 'https://tenantry.example.com',
      databaseUrl: 'postgres://app:secret@db:5432/product',
      dataDir: '/var/lib/tenantry',
      archiveDir: '/mnt/cold',
      eventRetention: { days: 120, plans: { pro: 180, enterprise: 365 } },
      sampleData: false,
      databasePoolSize: 40,
      logLevel: 'warn',
      trustedProxies: ['10.0.0.0/8', 'loopback'],
      insecureHttp: true,
      lateEventDays: 30,
      rateLimitPerKey: 100,
      rateLimitPerAddress: 10,
      smtpUrl: 'smtp://mailer:secret@mail:587',
      mailFrom: 'Example <no-reply@example.com>',
    })
  })

  test('the address follows host and port, and a wildcard host is reached by loopback', () => {
    expect(parseConfiguration({ PORT: '4000' }).url).toBe('http://127.0.0.1:4000')
    expect(parseConfiguration({ HOST: '0.0.0.0' }).url).toBe('http://127.0.0.1:3000')
    expect(parseConfiguration({ HOST: '::' }).url).toBe('http://[::1]:3000')
  })

  test('every variable stands in docs/operating.md with its default', () => {
    const source = readFileSync('src/platform/configuration.ts', 'utf8')
    const names = [...source.matchAll(/read(?:<\w+>)?\('(\w+)'/g)].map(([, name]) => name ?? '')
    expect(names).toContain('RATE_LIMIT_PER_ADDRESS')
    const documented = readFileSync('docs/operating.md', 'utf8')
    expect(names.filter(name => !documented.includes(`\`${name}\``))).toEqual([])
    const { port, rateLimitPerKey, rateLimitPerAddress, databasePoolSize } = parseConfiguration({})
    for (const value of [port, rateLimitPerKey, rateLimitPerAddress, databasePoolSize])
      expect(documented).toMatch(new RegExp(`\\| ${value}\\b`))
  })

  test('an empty variable counts as not set', () => {
    expect(parseConfiguration({ PORT: '', DATABASE_URL: ' ' })).toEqual(parseConfiguration({}))
  })

  test('all faults are listed together, each with what to do', () => {
    const error = refusalOf({
      HOST: 'bad host',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      TENANTRY_URL: 'example.com',
      TRUSTED_PROXIES: 'me',
    })
    expect(error.code).toBe('configuration.invalid')
    expect(error.details.faults).toHaveLength(5)
    for (const text of [
      'HOST: "bad host" is neither an address nor a name',
      'PORT: "70000" is not a whole number from 0 to 65535',
      'LOG_LEVEL',
      'TENANTRY_URL',
      'TRUSTED_PROXIES',
    ])
      expect(error.message).toContain(text)
    expect(error.message).toContain('then start again')
  })

  test.each(['3e3', '-1', '80.5', '0x50', 'http'])('PORT=%s is refused', PORT => {
    expect(refusalOf({ PORT }).message).toContain('PORT')
  })

  test('a faulty DATABASE_URL is refused without repeating it, because it may hold a password', () => {
    const { message } = refusalOf({ DATABASE_URL: 'mysql://app:hunter2@db/product' })
    expect(message).toContain('DATABASE_URL: not a PostgreSQL address')
    expect(message).not.toContain('hunter2')
  })

  test('a faulty SMTP_URL is refused without repeating it, because it may hold a password', () => {
    const { message } = refusalOf({ SMTP_URL: 'https://mailer:hunter2@mail', MAIL_FROM: 'a@example.com' })
    expect(message).toContain('SMTP_URL: not the address of a mail server')
    expect(message).not.toContain('hunter2')
  })

  test('a mail server needs a sender', () => {
    expect(refusalOf({ SMTP_URL: 'smtp://mail' }).message).toContain('MAIL_FROM: SMTP_URL needs it')
  })

  test.each(['Ada', 'a@b@c', 'Ada <ada@example.com>, bob@example.com', 'Ada\nBcc: <eve@example.com>'])(
    'MAIL_FROM=%j is refused',
    MAIL_FROM => {
      expect(refusalOf({ MAIL_FROM }).message).toContain('is not a mailbox')
    },
  )

  test.each([
    ['89', '89" is not a whole number from 90'],
    ['forever', 'is not a whole number from 90'],
    ['90, enterprise=30', '30" is not a whole number from 90'],
    ['90, enterprise', '"enterprise" is not a plan with its days'],
    ['enterprise=365', '"enterprise=365" is not a whole number'],
    ['', ''],
  ])('events are promised for 90 days at least: TENANTRY_EVENT_RETENTION_DAYS=%j', (days, fault) => {
    const parse = () => parseConfiguration({ TENANTRY_EVENT_RETENTION_DAYS: days })
    if (fault === '') expect(parse().eventRetention).toEqual({ days: 90, plans: {} })
    else expect(parse).toThrow(fault)
  })
})

function refusalOf(environment: Record<string, string>): AppError {
  try {
    parseConfiguration(environment)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
