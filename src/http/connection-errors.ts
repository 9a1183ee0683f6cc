import type { Socket } from 'node:net'
import { v7 as uuidv7 } from 'uuid'
import { PROBLEM_TYPE, problemOf, type Refusal } from './problems.ts'

/** Answers what is no readable HTTP request, before any route can be told, and ends the connection. */
export function answerConnectionErrors(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = problemOf(REFUSALS[error.code ?? ''] ?? UNREADABLE, uuidv7())
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const UNREADABLE: Refusal = {
  status: 400,
  code: 'request.unreadable',
  detail: 'This is not a readable HTTP/1.1 request. Check that the client speaks plain HTTP to this port.',
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'request.headers_too_large',
    detail: 'The headers are larger than 16 kB together. Send fewer or shorter ones.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request.too_slow',
    detail: 'The request did not arrive in time (10 s for its headers, 30 s for all of it). Send it again.',
  },
}
