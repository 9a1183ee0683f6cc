import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './context.ts'
import { asksForPage, sendPage } from './pages.ts'
import { sendProblem } from './problems.ts'

/**
 * Answers what no route answers, without reading its body: a browser that asks for a page with the dashboard, which has
 * pages of its own; else 405 with Allow where the path exists under other methods, or 404. These two count against the
 * address, so that nobody maps the routes at full speed. Register it after the rate limits.
 */
export function answerNotFound(app: App): void {
  const paths = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const path = paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
    for (const name of [method].flat()) path.methods.add(name)
    paths.set(url, path)
  })
  const limit = app.rateLimit()
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return
    if (asksForPage(request)) return sendPage(reply)
    await limit.call(app, request, reply)
    return answer(request, reply)
  })
  // A file that a route for files does not have.
  app.setNotFoundHandler(answer)

  function answer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (asksForPage(request)) return sendPage(reply)
    const [path = ''] = request.url.split('?')
    const allowed = [...paths.values()]
      .filter(({ pattern, methods }) => pattern.test(path) && !methods.has(request.method))
      .flatMap(({ methods }) => [...methods])
    if (allowed.length === 0)
      return sendProblem(request, reply, {
        status: 404,
        code: 'request.route_not_found',
        detail: `There is nothing at ${path}. Check the address; /docs lists every one.`,
      })
    const methods = [...new Set(allowed)].sort().join(', ')
    return sendProblem(request, reply.header('allow', methods), {
      status: 405,
      code: 'request.method_not_allowed',
      detail: `${request.method} is not possible at ${path}. Use ${methods}.`,
    })
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map(part => {
    if (part.startsWith(':')) return '[^/]+'
    if (part === '*') return '.*'
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('/')}$`)
}
