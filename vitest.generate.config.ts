import { defineConfig } from 'vitest/config'

/** `npm run generate`: writes the files that are derived from the program itself and committed. */
export default defineConfig({
  test: {
    include: ['test/generate/**/*.generate.ts'],
    globalSetup: ['test/support/cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
