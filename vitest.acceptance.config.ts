import { defineConfig } from 'vitest/config'

/** The checks that need real recorded data from beside the repository; run by continuous integration. */
export default defineConfig({
  test: {
    include: ['test/acceptance/**/*.acceptance.ts'],
    testTimeout: 900_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
