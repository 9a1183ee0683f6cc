import { type Static, Type } from 'typebox'
import type { ErrorKind } from '../platform/errors.ts'

/** The one place where a refusal becomes a status. */
export const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
}

/** A refusal as RFC 9457 has it. `code` is stable, `detail` says what is wrong and what to do. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Always about:blank: `code` tells problems apart.' }),
    title: Type.String({ description: 'The name of the status.' }),
    status: Type.Integer(),
    code: Type.String({ description: 'What happened, as `domain.what_happened`; never changes.' }),
    detail: Type.String({ description: 'What is wrong and what to do.' }),
    request_id: Type.String({ description: 'Names this request in the server log.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          path: Type.String({ description: 'Where in the request, as a JSON Pointer after its part.' }),
          message: Type.String(),
        }),
      ),
    ),
    details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { $id: 'Problem' },
)
export type Problem = Static<typeof Problem>
