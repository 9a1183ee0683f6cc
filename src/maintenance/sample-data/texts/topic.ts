export type Exchange = readonly [question: string, answer: string]

/** What people talk about: a conversation opens with one of the first and goes on with some of the second. */
export type Topic = { readonly openers: readonly Exchange[]; readonly followUps: readonly Exchange[] }

export const CLOSINGS: readonly Exchange[] = [
  ['Thanks, that helps.', 'You are welcome. Have a good day!'],
  ['Great, thank you!', 'Glad to help. Write again whenever something comes up.'],
  ['ok thx', 'Any time.'],
]

export const CITIES = [
  'Ghent',
  'Leeds',
  'Porto',
  'Graz',
  'Austin',
  'Nagoya',
  'Bergen',
  'Turin',
  'Pune',
  'Valencia',
] as const
