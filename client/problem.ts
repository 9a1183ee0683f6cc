import type { components } from './schema.d.ts'

/** A refusal of the server (RFC 9457): `code` tells what happened, `message` says what to do. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** The faults of single fields, where the form of the request was wrong. */
  readonly errors: readonly { path: string; message: string }[]

  constructor(status: number, problem: Partial<components['schemas']['Problem']>, retryAfter?: number) {
    super(problem.detail ?? 'The server did not say why. Try again in a moment.')
    this.name = 'Problem'
    this.status = status
    this.code = problem.code ?? 'request.failed'
    this.requestId = problem.request_id
    this.retryAfterSeconds = retryAfter
    this.errors = problem.errors ?? []
  }

  /** A proxy in between may answer with anything. */
  static async of(response: Response): Promise<Problem> {
    const problem = await response.json().catch(() => ({}))
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    return new Problem(response.status, problem, Number.isFinite(retryAfter) ? retryAfter : undefined)
  }
}
