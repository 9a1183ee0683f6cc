import type { Rejection } from './rejection.ts'

/** What a file has one event a line in. */
export const FORMATS = ['ndjson', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** A line of a file, counted from 1, as what it says or with the reason why it says nothing. */
export type Line = { readonly number: number } & (
  | { readonly item: unknown }
  | { readonly rejection: Rejection }
)
