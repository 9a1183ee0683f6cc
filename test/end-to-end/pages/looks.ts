import type { BrowserContextOptions } from 'playwright-core'

/** The ways in which a page is looked at. */
export const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const

export const lookOf = ({ colorScheme, width }: (typeof LOOKS)[number]): BrowserContextOptions => ({
  colorScheme,
  viewport: { width, height: 800 },
  reducedMotion: 'reduce',
})
