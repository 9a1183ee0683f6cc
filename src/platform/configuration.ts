import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { defaultDataDir } from './default-data-dir.ts'
import { AppError } from './errors.ts'

/** Everything that the environment decides. Read once at the start, then passed on; nothing else reads the environment. */
export type Configuration = {
  readonly host: string
  readonly port: number
  /** The public address of this server, without a trailing slash. */
  readonly url: string
  /** Absent: the program starts a PostgreSQL of its own in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  /** Where expired events are kept as files. */
  readonly archiveDir: string
  readonly eventRetention: EventRetention
  /** An empty database of our own is filled with sample data. */
  readonly sampleData: boolean
  readonly databasePoolSize: number
  readonly logLevel: LogLevel
  /** Proxies whose X-Forwarded-For is believed; empty: the address of the connection counts. */
  readonly trustedProxies: readonly string[]
  /** Members may sign in over plain http from other machines, where anybody on the way can take their session. */
  readonly insecureHttp: boolean
  readonly rateLimitPerKey: number
  /** Who sends it may read `/metrics` from other machines. Absent: only this machine may. */
  readonly metricsToken: string | undefined
  /** Older events are refused over HTTP and go through an import; less than what is kept, so that none meets an archived day. */
  readonly lateEventDays: number
  readonly rateLimitPerAddress: number
  /** The mail server. Absent: mails are kept and shown on a database of our own, and not possible on another. */
  readonly smtpUrl: string | undefined
  /** Whom mails come from, like `Tenantry <no-reply@example.com>`. */
  readonly mailFrom: string
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** How many days detailed events stay in the database, today not counted: in general, and of the plans that have more. */
export type EventRetention = {
  readonly days: number
  readonly plans: Readonly<Record<string, number>>
}

/** What the specification promises at least. */
export const LEAST_EVENT_DAYS = 90

export const DEFAULT_DATA_DIR = defaultDataDir(process.cwd())

/** The configuration, or one refusal that lists every fault with what to set; a half-valid environment starts nothing. */
export function parseConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const faults: string[] = []
  const read = <T>(name: string, fallback: T, parse: (text: string) => T): T => {
    const text = environment[name]?.trim()
    if (text === undefined || text === '') return fallback
    try {
      return parse(text)
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`)
      return fallback
    }
  }

  const host = read('HOST', '127.0.0.1', hostName)
  const port = read('PORT', 3000, text => integer(text, 0, 65_535))
  const dataDir = read('TENANTRY_DATA_DIR', DEFAULT_DATA_DIR, text => resolve(text))
  const configuration: Configuration = {
    host,
    port,
    url: read('TENANTRY_URL', originOf(host, port), httpUrl),
    databaseUrl: read('DATABASE_URL', undefined, postgresUrl),
    dataDir,
    archiveDir: read('TENANTRY_ARCHIVE_DIR', resolve(dataDir, 'archive'), text => resolve(text)),
    eventRetention: read(
      'TENANTRY_EVENT_RETENTION_DAYS',
      { days: LEAST_EVENT_DAYS, plans: {} },
      eventRetention,
    ),
    sampleData: read('TENANTRY_SAMPLE_DATA', true, onOff),
    databasePoolSize: read('DATABASE_POOL_SIZE', 10, text => integer(text, 1, 1_000)),
    logLevel: read<LogLevel>('LOG_LEVEL', 'info', logLevel),
    trustedProxies: read('TRUSTED_PROXIES', [], text => text.split(',').map(proxy)),
    insecureHttp: read('TENANTRY_INSECURE_HTTP', false, flag),
    metricsToken: read('TENANTRY_METRICS_TOKEN', undefined, secret),
    lateEventDays: read('TENANTRY_LATE_EVENT_DAYS', 7, text => integer(text, 1, 89)),
    rateLimitPerKey: read('RATE_LIMIT_PER_KEY', 60_000, text => integer(text, 1, 1_000_000_000)),
    rateLimitPerAddress: read('RATE_LIMIT_PER_ADDRESS', 300, text => integer(text, 1, 1_000_000_000)),
    smtpUrl: read('SMTP_URL', undefined, smtpUrl),
    mailFrom: read('MAIL_FROM', 'Tenantry <tenantry@localhost>', mailbox),
  }
  // A sender that the mail server does not know is refused, or worse: every mail is taken for spam.
  if (configuration.smtpUrl !== undefined && (environment.MAIL_FROM ?? '').trim() === '')
    faults.push('MAIL_FROM: SMTP_URL needs it; write it like Tenantry <no-reply@example.com>')
  if (faults.length > 0) throw configurationInvalid(faults)
  return configuration
}

export const configurationInvalid = (faults: readonly string[]) =>
  new AppError(
    'configuration.invalid',
    'invalid',
    `${faults.length === 1 ? 'One environment variable is' : `${faults.length} environment variables are`} not usable:\n${faults.map(fault => `  ${fault}`).join('\n')}\nCorrect or unset ${faults.length === 1 ? 'it' : 'them'}, then start again.`,
    { faults },
  )

/** The address to open in a browser on this machine: a wildcard host is reached by loopback. */
export function originOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function hostName(text: string): string {
  if (isIP(text) === 0 && !/^\w([\w.-]{0,251}\w)?$/.test(text))
    throw new Error(
      `"${text}" is neither an address nor a name of this machine; write 127.0.0.1, or 0.0.0.0 for every address`,
    )
  return text
}

function integer(text: string, least: number, most: number): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new Error(`"${text}" is not a whole number from ${least} to ${most}`)
  return number
}

/** `90, enterprise=365`: the days in general, then plans that differ. */
function eventRetention(text: string): EventRetention {
  const parts = text.split(',').map(part => part.trim())
  const plans = parts.slice(1).map(part => {
    const [, plan, days] = /^([a-z0-9][a-z0-9_.-]*) *= *(\S+)$/.exec(part) ?? []
    if (plan === undefined || days === undefined)
      throw new Error(`"${part}" is not a plan with its days; write it like 90, enterprise=365`)
    return [plan, eventDays(days)] as const
  })
  return { days: eventDays(parts[0] ?? ''), plans: Object.fromEntries(plans) }
}

function eventDays(text: string): number {
  const days = Number(text)
  if (!/^\d+$/.test(text) || days < LEAST_EVENT_DAYS || days > MOST_EVENT_DAYS)
    throw new Error(
      `"${text}" is not a whole number from ${LEAST_EVENT_DAYS} to ${MOST_EVENT_DAYS}; events are kept for ${LEAST_EVENT_DAYS} days at least`,
    )
  return days
}

const MOST_EVENT_DAYS = 3_650

function flag(text: string): boolean {
  if (text === '1' || text === '0') return text === '1'
  throw new Error(`"${text}" is neither 1 (yes) nor 0 (no)`)
}

/** The text is never repeated in a fault. */
function secret(text: string): string {
  if (text.length < 16) throw new Error('has fewer than 16 characters; write a long random text')
  return text
}

function onOff(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on'
  throw new Error(`"${text}" is neither on nor off`)
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new Error(`"${text}" is not an address; write it like https://tenantry.example.com`)
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Error(
      `"${text}" has more than scheme, host and port; write it like https://tenantry.example.com`,
    )
  return url.origin
}

/** The text is never repeated in a fault: it may hold a password. */
function postgresUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol))
    throw new Error('not a PostgreSQL address; write it like postgres://login:password@host:5432/database')
  return text
}

/** The text is never repeated in a fault: it may hold a password. */
function smtpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    throw new Error(
      'not the address of a mail server; write it like smtp://user:password@mail.example.com:587',
    )
  return text
}

function mailbox(text: string): string {
  const address = /^[^<>\r\n]*<([^<>\s]+)>$/.exec(text)?.[1] ?? text
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address))
    throw new Error(`"${text}" is not a mailbox; write it like Tenantry <no-reply@example.com>`)
  return text
}

function logLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find(known => known === text)
  if (level === undefined) throw new Error(`"${text}" is not one of ${LOG_LEVELS.join(', ')}`)
  return level
}

function proxy(text: string): string {
  const address = text.trim()
  if (!/^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i.test(address))
    throw new Error(`"${address}" is not an address, a network like 10.0.0.0/8, or loopback`)
  return address
}
