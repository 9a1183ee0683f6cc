import type { Command } from 'commander'
import type { Configuration } from '../platform/configuration.ts'
import { isLoopback } from '../platform/loopback.ts'
import { type MailDelivery, mailDelivery } from '../platform/mail/delivery.ts'
import { sameDatabase } from '../platform/same-database.ts'
import { type Cli, createCommand, withExplanation } from './command.ts'
import { Interrupted, Interruption } from './interruption.ts'
import { describeSample, sampleDocument } from './sample-access.ts'
import type { RunningServer } from './start-server.ts'

/** `tenantry serve`: the HTTP server and the worker, until a signal ends them; what was accepted is finished first. */
export function serve(cli: Cli): Command {
  const command = createCommand(cli, 'serve', 'run the HTTP server and the worker, until Ctrl-C')
  return withExplanation(command, SETTINGS).action(() => serveUntilStopped(cli))
}

const SETTINGS = `
The environment decides the rest (docs/operating.md has all of it):
  PORT               where it listens (default 3000)
  HOST               on which address (default 127.0.0.1: this machine only)
  TENANTRY_URL       the address that others see (default http://HOST:PORT)
  DATABASE_URL       the PostgreSQL to use; without it, one of its own
  TENANTRY_DATA_DIR  where that one keeps its data (default .tenantry)
`

async function serveUntilStopped(cli: Cli): Promise<void> {
  const { terminal } = cli
  const configuration = cli.configuration()
  // From here on the first signal ends in order, also while starting; a second one ends the process at once.
  const interruption = new Interruption()
  try {
    // Only here: what a server needs takes a second to load, and the other commands do without.
    const { startServer } = await import('./start-server.ts')
    const server = await startServer(configuration, terminal)
    try {
      terminal.answer(documentOf(server), describe(server, configuration))
      await interruption.race(() => server.failed)
    } finally {
      terminal.note('stopping: finishing what was accepted (once more Ctrl-C ends at once) …')
      await server.stop()
      terminal.note('stopped')
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  } finally {
    interruption.stopListening()
  }
}

function documentOf(server: RunningServer) {
  const { sample } = server
  return { ...addressesOf(server), ...(sample && { sample: sampleDocument(sample) }) }
}

function addressesOf({ url }: RunningServer) {
  return {
    url,
    docs: `${url}/docs`,
    openapi: `${url}/openapi.json`,
    health: `${url}/health`,
    ready: `${url}/ready`,
  }
}

function describe(server: RunningServer, configuration: Configuration): string {
  const { host } = configuration
  const { url, docs, ready } = addressesOf(server)
  const reach = isLoopback(host)
    ? 'this machine only; set HOST=0.0.0.0 to be reachable from others, behind https'
    : `every machine that reaches ${host}; put https in front`
  return `
Tenantry is running.

  Dashboard  ${url}
  Status     ${url}/status
  API        ${docs}
  Ready?     ${ready}
  Mail       ${MAIL[mailDelivery(configuration)](url)}
  Database   ${server.database}
  Reachable  from ${reach}

${nextStep(server, configuration)}

Ctrl-C stops.
`
}

const MAIL: Record<MailDelivery, (url: string) => string> = {
  smtp: () => 'sent by the server of SMTP_URL',
  kept: url => `kept at ${url}/dev/mail; set SMTP_URL to send it`,
  none: () => 'not set up; set SMTP_URL',
}

function nextStep({ url, sample }: RunningServer, configuration: Configuration): string {
  if (sample !== undefined)
    return `It holds sample data (TENANTRY_SAMPLE_DATA=off and another TENANTRY_DATA_DIR begin without):

${describeSample(sample, url, new Date())}`
  const { prefix, condition } = sameDatabase(configuration)
  return `Next, in another shell in this folder${condition}:

  ${prefix}npx tenantry organization create --name Acme --subdomain acme --owner-email ada@acme.example

The page at ${url}/status has the rest of the way, to paste.`
}
