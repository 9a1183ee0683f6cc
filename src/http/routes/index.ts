import type { Routes } from '../context.ts'

/** Every route module, in the order in which the reference shows them. */
export const ROUTES: readonly Routes[] = []
