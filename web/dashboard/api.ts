import { type components, createClient, Problem } from '../../client/index.ts'

export const api = createClient()

type Operations = import('../../client/index.ts').operations

/** Who is signed in, where, and what they may do. */
export type Session = Operations['getSession']['responses'][200]['content']['application/json']
export type ProblemDocument = components['schemas']['Problem']

/** What the server answers, without its envelope: refusals were thrown before. */
export async function answer<T>(request: Promise<{ data?: T }>): Promise<T> {
  const { data } = await request
  return data as T
}

export const isSignedOut = (error: unknown) => error instanceof Problem && error.status === 401
