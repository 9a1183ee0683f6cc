/** The client of the API: typed by its description, refusals thrown as {@link Problem}. For pages and for programs. */
import createFetchClient from 'openapi-fetch'
import { Problem } from './problem.ts'
import type { paths } from './schema.d.ts'

export { Problem } from './problem.ts'
export type { components, operations, paths } from './schema.d.ts'

export type ClientOptions = {
  /** Where the server is; a page of it leaves this out. */
  readonly baseUrl?: string
  /** A program's key; a page is known by the cookie of its session. */
  readonly apiKey?: string
}

/** Every answer that is no success is thrown; a POST carries an Idempotency-Key of its own unless one is given. */
export function createClient({ baseUrl = '', apiKey }: ClientOptions = {}) {
  const client = createFetchClient<paths>({ baseUrl })
  client.use({
    onRequest({ request }) {
      if (apiKey !== undefined) request.headers.set('authorization', `Bearer ${apiKey}`)
      if (request.method === 'POST' && !request.headers.has('idempotency-key'))
        request.headers.set('idempotency-key', randomKey())
      return request
    },
    async onResponse({ response }) {
      if (!response.ok) throw await Problem.of(response)
    },
  })
  return client
}

/** crypto.randomUUID is not there on pages over plain http. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
