import { isIPv6 } from 'node:net'

/** True for a host, with or without its port, that is the machine itself: no other one can reach it there. */
export function isLoopback(host: string): boolean {
  const url = `http://${isIPv6(host) ? `[${host}]` : host}`
  const name = URL.canParse(url) ? new URL(url).hostname : ''
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)
}
