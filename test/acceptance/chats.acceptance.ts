import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/**
 * 69,204 recorded messages of real support chats go in by the command line and come out of the metrics routes. A channel
 * is an organization, a conversation starts with its first message, a chatter is an end user. Every organization-day, in
 * each of four time zones, is compared with counts made here from the file, by nothing of ours.
 */
const CHATS = new URL('../../../shared/data/chats/irc_support_chats.jsonl.gz', import.meta.url)
const present = existsSync(CHATS)
if (!present) console.log('skipped: the recorded chats are not beside the repository')

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham']

interface Chat {
  channel: string
  conv: number
  ts: string
  user: string
}
interface Day {
  messages: number
  conversations: number
  users: Set<string>
}

describe.skipIf(!present)('recorded chats', () => {
  const chats = present ? readChats() : []
  const channels = [...new Set(chats.map(chat => chat.channel))]
  let folder: string
  let server: ChildProcess
  let address: string
  let environment: NodeJS.ProcessEnv

  beforeAll(async () => {
    folder = await mkdtemp('/var/tmp/tenantry-chats-')
    const port = await freePort()
    address = `http://127.0.0.1:${port}`
    environment = {
      ...process.env,
      TENANTRY_DATA_DIR: folder,
      TENANTRY_SAMPLE_DATA: 'off',
      PORT: String(port),
      DATABASE_URL: '',
    }
    server = spawn(process.execPath, ['bin/tenantry.js', 'serve'], { env: environment, stdio: 'inherit' })
    await until(async () => (await fetch(`${address}/ready`)).ok)
  })

  afterAll(async () => {
    const ended = new Promise(resolve => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  })

  test.each(channels.flatMap(channel => ZONES.map(zone => ({ channel, zone }))))(
    'every day of $channel in $zone equals the count made by hand',
    async ({ channel, zone }) => {
      const name = `${channel}${ZONES.indexOf(zone)}`.replace(/[^a-z0-9]/g, '')
      const organization = await tenantry<{ id: string }>(
        'organization',
        'create',
        '--name',
        channel,
        '--subdomain',
        name,
        '--owner-email',
        `owner@${name}.example`,
        '--time-zone',
        zone,
      )
      const { key } = await tenantry<{ key: string }>(
        'api-key',
        'create',
        '--organization',
        organization.id,
        '--scope',
        'metrics:read',
      )
      const file = join(folder, `${name}.ndjson`)
      const lines = eventsOf(chats.filter(chat => chat.channel === channel))
      await writeFile(file, lines.map(line => JSON.stringify(line)).join('\n'))

      const imported = await tenantry<{ inserted: number; duplicates: number; rejected: unknown[] }>(
        'events',
        'import',
        file,
        '--organization',
        organization.id,
      )
      expect(imported).toMatchObject({ inserted: lines.length, duplicates: 0 })
      const again = await tenantry<{ inserted: number; duplicates: number }>(
        'events',
        'import',
        file,
        '--organization',
        organization.id,
      )
      expect(again).toMatchObject({ inserted: 0, duplicates: lines.length })
      await tenantry('metrics', 'wait')

      const days = countByHand(chats, zone).get(channel) ?? new Map<string, Day>()
      const dates = [...days.keys()].sort()
      const got = new Map<string, unknown>()
      for (let from = dates[0] as string; from <= (dates.at(-1) as string); from = addDays(from, 400)) {
        const answer = await fetch(
          `${address}/v1/organizations/${organization.id}/metrics/daily?from=${from}&to=${addDays(from, 399)}`,
          { headers: { authorization: `Bearer ${key}` } },
        )
        expect(answer.status).toBe(200)
        const body = (await answer.json()) as { data: Record<string, unknown>[] }
        for (const day of body.data) {
          got.set(String(day.date), [day.total_messages, day.total_conversations, day.unique_users])
        }
      }
      const wanted = new Map(
        dates.map(date => {
          const day = days.get(date) as Day
          return [date, [day.messages, day.conversations, day.users.size]]
        }),
      )
      expect(Object.fromEntries([...got].sort())).toEqual(Object.fromEntries(wanted))
    },
  )

  async function tenantry<T>(...words: string[]): Promise<T> {
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/tenantry.js', ...words, '--json'], {
      env: environment,
    })
    return JSON.parse(stdout) as T
  }
})

function readChats(): Chat[] {
  return gunzipSync(readFileSync(CHATS))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Chat)
}

/** Counts that share nothing with the product: a map a channel, a map a day, a set of users. */
function countByHand(chats: Chat[], timeZone: string): Map<string, Map<string, Day>> {
  const channels = new Map<string, Map<string, Day>>()
  const started = new Set<string>()
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone })
  for (const chat of [...chats].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0))) {
    const days = channels.get(chat.channel) ?? new Map<string, Day>()
    channels.set(chat.channel, days)
    const date = clock.format(new Date(chat.ts))
    const day = days.get(date) ?? { messages: 0, conversations: 0, users: new Set<string>() }
    days.set(date, day)
    day.messages += 1
    day.users.add(chat.user)
    const conversation = `${chat.channel}/${chat.conv}`
    if (!started.has(conversation)) day.conversations += 1
    started.add(conversation)
  }
  return channels
}

function eventsOf(chats: Chat[]): object[] {
  const started = new Set<number>()
  return [...chats]
    .sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0))
    .flatMap((chat, index) => {
      const conversation_id = uuid(`${chat.channel}/${chat.conv}`, 8, Date.parse(chat.ts))
      const common = { created_at: chat.ts, end_user_id: chat.user, conversation_id }
      const name = `${chat.channel}/${index}/${chat.ts}/${chat.user}`
      const message = {
        id: uuid(`message ${name}`, 7, Date.parse(chat.ts)),
        event_type: 'message.created',
        ...common,
      }
      if (started.has(chat.conv)) return [message]
      started.add(chat.conv)
      return [
        { id: uuid(`start ${name}`, 7, Date.parse(chat.ts)), event_type: 'conversation.started', ...common },
        message,
      ]
    })
}

/** A UUID of the given version made from a name, so that the same file makes the same events. */
function uuid(name: string, version: 7 | 8, time: number): string {
  const hash = createHash('sha256').update(name).digest('hex')
  const head = version === 7 ? time.toString(16).padStart(12, '0') : hash.slice(0, 12)
  return `${head.slice(0, 8)}-${head.slice(8, 12)}-${version}${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await check().catch(() => false)) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the server did not become ready within 60 s')
}
