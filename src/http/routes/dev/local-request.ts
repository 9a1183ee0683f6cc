import { BlockList, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { isLoopback } from '../../../platform/loopback.ts'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8)
LOOPBACK.addAddress('::1', 'ipv6')

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * True where somebody on this very machine asked, under a name of this machine, and no proxy in between. The name
 * matters because a page of elsewhere can point a name of its own at 127.0.0.1; the proxy because behind one everybody
 * comes from loopback.
 */
export function isLocalRequest(request: FastifyRequest): boolean {
  if (FORWARDED.some(name => request.headers[name] !== undefined)) return false
  const address = request.socket.remoteAddress ?? ''
  if (!LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return false
  return isLoopback(request.headers.host ?? '')
}
