import { defineConfig } from 'vitest/config';

/** Real images on a real engine: `npm run test:containers`. One after the other, in the order in which they build on each other. */
export default defineConfig({
  test: {
    include: ['test/containers/**/*.container.test.ts'],
    globalSetup: ['test/containers/engine-setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    bail: 1,
  },
});
