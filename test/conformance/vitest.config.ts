import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** `node scripts/check-specification.js`: needs the specification, so it is no part of `npm test`. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/conformance/**/*.check.ts'],
    globalSetup: ['test/support/cluster.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What the check prints is its result, not a note beside it.
    disableConsoleIntercept: true,
  },
})
