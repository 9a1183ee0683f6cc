import { defineConfig } from 'vitest/config'

export default defineConfig({
  // openapi-typescript needs the compiler's API, which TypeScript 7 does not have.
  resolve: { alias: { typescript: 'typescript-5' } },
  test: {
    server: { deps: { inline: ['openapi-typescript'] } },
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/cluster.ts'],
    // Most tests wait for processes and disks: two files at a time on two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is awaited comes when a busy machine gets round to it.
    expect: { poll: { timeout: 10_000 } },
    // An unhandled rejection is a lost error in production: it fails the run.
    dangerouslyIgnoreUnhandledErrors: false,
  },
})
