import type { FastifyRequest } from 'fastify'
import type { Configuration } from '../platform/configuration.ts'
import { AppError } from '../platform/errors.ts'
import { isLoopback } from '../platform/loopback.ts'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses what another site's page sends in the name of a person: browsers say where a request comes from, and no page
 * can change that. `certain` also refuses what does not say it, which a browser never does when a cookie goes with it.
 */
export function refuseCrossOrigin(
  request: FastifyRequest,
  configuration: Configuration,
  { certain }: { certain: boolean },
): void {
  if (SAFE_METHODS.includes(request.method)) return
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossOrigin(configuration)
  if (origin === undefined ? certain : !isOwn(origin, request.host, configuration))
    throw crossOrigin(configuration)
}

function isOwn(origin: string, host: string, { url }: Configuration): boolean {
  return origin === url || (isLoopback(host) && origin === `http://${host}`)
}

const crossOrigin = ({ url }: Configuration) =>
  new AppError(
    'request.cross_origin',
    'forbidden',
    `This was not sent by a page of ${url}, so it is not done in the name of whoever is signed in. Open Tenantry at that address; if it is another one, whoever runs the server sets TENANTRY_URL to it. A program uses an API key, or sends the header "Origin: ${url}".`,
  )
