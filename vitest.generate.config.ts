import { defineConfig } from 'vitest/config'

/** `npm run generate`: writes the files that are derived from the program itself and committed. */
export default defineConfig({
  // openapi-typescript needs the compiler's API, which TypeScript 7 does not have.
  resolve: { alias: { typescript: 'typescript-5' } },
  test: {
    server: { deps: { inline: ['openapi-typescript'] } },
    include: ['test/generate/**/*.generate.ts'],
    globalSetup: ['test/support/cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
