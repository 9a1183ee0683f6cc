import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { noPort } from './errors.ts'
import { giveToOwner } from './folder.ts'

/** Below the range from which systems take ports for outgoing connections (Linux from 32768), so none takes ours by chance. */
const FIRST = 15432
const LAST = 16431

/** The port remembered for this database if it is free, else the next free one. `refused` is one that turned out taken. */
export async function choosePort(remembered: string, refused?: number): Promise<number> {
  const begin = refused === undefined ? readPort(remembered) : refused + 1
  for (let port = begin; port <= LAST; port++) if (await isFree(port)) return port
  for (let port = FIRST; port < begin; port++) if (await isFree(port)) return port
  throw noPort(FIRST, LAST)
}

export function rememberPort(remembered: string, port: number): void {
  if (existsSync(remembered) && readPort(remembered) === port) return
  writeFileSync(remembered, `${port}\n`)
  giveToOwner(remembered)
}

/** A new database begins its search where its path says, so that two of them on one machine keep apart. */
function readPort(remembered: string): number {
  const port = existsSync(remembered) ? Number(readFileSync(remembered, 'utf8')) : 0
  if (port >= FIRST && port <= LAST) return port
  return FIRST + (createHash('sha256').update(remembered).digest().readUInt32BE() % (LAST - FIRST + 1))
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
