import { readFileSync } from 'node:fs'

/** An operation of the API as the committed openapi.json describes it. */
export type Operation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly security?: readonly { readonly apiKey?: readonly [string]; readonly session?: readonly [string] }[]
  readonly responses: Readonly<Record<string, { readonly content?: unknown }>>
}

export function listOperations(): { path: string; method: string; operation: Operation }[] {
  const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
    paths: Record<string, Record<string, Operation>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
}
