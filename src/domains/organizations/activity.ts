/** Who did something: a member where `userId` is there, otherwise somebody or something that `name` tells. */
export type Actor = { readonly name: string; readonly userId?: string; readonly ipAddress?: string }

/** Whoever holds the server itself: the command line has no member behind it. */
export const OPERATOR: Actor = { name: 'Operator' }

/** The things that are recorded here. Other domains name theirs the same way: `resource.what_happened`. */
export type ActionType = `${string}.${string}`
