import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './context.ts'

/** Where the build puts what browsers load. */
const BUILT = fileURLToPath(new URL('../../dist/web/', import.meta.url))

/**
 * Serves the built dashboard: its files under names that change with their content, so that browsers keep them for ever,
 * and its document at every address of which a browser asks for a page. Which pages there are, the dashboard knows.
 */
export async function servePages(app: App): Promise<void> {
  app.get('/', { config: { open: true, rateLimit: false }, schema: { hide: true } }, (_request, reply) =>
    sendPage(reply),
  )
  if (!isBuilt()) return
  await app.register(async files => {
    files.addHook('onRoute', route => {
      // A page is a dozen of files: counting them would keep members from reading.
      route.config = { ...route.config, open: true, rateLimit: false }
      route.schema = { ...route.schema, hide: true }
    })
    const built = { decorateReply: false, preCompressed: true, index: false as const }
    await files.register(fastifyStatic, {
      ...built,
      root: join(BUILT, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
    })
    await files.register(fastifyStatic, {
      ...built,
      root: BUILT,
      prefix: '/',
      wildcard: false,
      globIgnore: ['assets/**', '*.html*', '**/*.gz', '**/*.br'],
      maxAge: '1h',
    })
  })
}

/** Whether a browser asks for a page, at an address that no route of the server has. */
export function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    (headers.accept ?? '').includes('text/html') &&
    !/^\/(v1|docs|dev|assets)(\/|$|\?)/.test(url)
  )
}

export function sendPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', POLICY)
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(isBuilt() ? document() : NOT_BUILT)
}

const isBuilt = () => existsSync(join(BUILT, 'index.html'))

let read: string | undefined
function document(): string {
  read ??= readFileSync(join(BUILT, 'index.html'), 'utf8')
  return read
}

/** Scripts of this server only; styles are also set in place by the components; pictures of members are elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Tenantry</title>
<h1>The pages are not built yet</h1>
<p>Run <code>npm run build</code> in the folder of the server and start it again. The server itself runs: see its <a href="/status">status</a> and the <a href="/docs">API</a>.</p>
</html>
`
