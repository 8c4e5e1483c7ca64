import { configDefaults, defineConfig } from 'vitest/config';

const INTEGRATION = 'test/**/*.integration.test.ts';
const BROWSER = 'test/**/*.browser.test.ts';
/** They have a configuration of their own. */
const CONTAINERS = 'test/**/*.container.test.ts';

export default defineConfig({
  resolve: {
    // Without this the ESM and the CommonJS build of graphql are both loaded, and schemas of the one are strangers to the other.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    setupFiles: ['test/kit/setup.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    // For a machine that is busy with other things too; a test that hangs is found as well after a minute.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each file may start threads and servers of its own; two files at a time keep a small machine responsive.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, INTEGRATION, BROWSER, CONTAINERS],
          // Files share what they import, which took as long as the tests themselves. What a test changes it puts back.
          isolate: false,
          // One setting of the process is for good: which kinds of files sharp reads. It holds from the beginning.
          setupFiles: ['test/kit/setup.ts', 'src/imaging/codec/sharp.ts'],
        },
      },
      { extends: true, test: { name: 'integration', include: [INTEGRATION] } },
      // A page has a minute for what is waited for; a failure names that, rather than the test's own time.
      { extends: true, test: { name: 'browser', include: [BROWSER], testTimeout: 180_000 } },
    ],
  },
});
