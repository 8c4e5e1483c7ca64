import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Without this the ESM and the CommonJS build of graphql are both loaded, and schemas of the one are strangers to the other.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/kit/setup.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each file may start threads and servers of its own; two files at a time keep a small machine responsive.
    maxWorkers: 2,
  },
});
