import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A synthesis takes seconds, and more where the machine is busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Files share the loaded CDK and what has been synthesised.
    isolate: false,
    maxWorkers: 1,
  },
});
