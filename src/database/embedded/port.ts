import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { noPort } from './errors.ts'

/** Below the range from which systems take ports for outgoing connections (Linux from 32768), so none takes ours by chance. */
const FIRST = 15432
const LAST = 16431

/** The port remembered for this database if it is free, else the next free one. */
export async function choosePort(remembered: string, after = 0): Promise<number> {
  const begin = after ? after + 1 : readPort(remembered)
  for (let port = begin; port <= LAST; port++) if (await isFree(port)) return port
  for (let port = FIRST; port < begin; port++) if (await isFree(port)) return port
  throw noPort(FIRST, LAST)
}

export function rememberPort(remembered: string, port: number): void {
  if (readPort(remembered) !== port || !existsSync(remembered)) writeFileSync(remembered, `${port}\n`)
}

function readPort(remembered: string): number {
  const port = existsSync(remembered) ? Number(readFileSync(remembered, 'utf8')) : FIRST
  return port >= FIRST && port <= LAST ? port : FIRST
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
