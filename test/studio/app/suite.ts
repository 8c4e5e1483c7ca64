import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../../kit/chromium.js';
import { startService, type TestService } from '../../kit/service.js';

/** Like `expect.poll`, as patient as a busy machine needs. */
export function eventually<T>(read: () => Promise<T> | T) {
  return expect.poll(read, { timeout: 15_000 });
}

/** What the tests of a suite share. */
export interface Stage {
  readonly browser: Browser;
  readonly service: TestService;
}

/**
 * A suite with a browser and a service of its own; where there is no Chromium, it says that it is not run.
 * @param env of the service
 */
export function studioSuite(
  title: string,
  tests: (stage: () => Stage) => void,
  env: NodeJS.ProcessEnv = {},
): void {
  const chromium = findChromium();
  if (chromium === undefined) console.log(`Not run: ${title} (no Chromium in /usr/bin or on PATH).`);
  describe.skipIf(chromium === undefined)(title, () => {
    let stage: Stage | undefined;
    beforeAll(async () => {
      if (chromium === undefined) return;
      const [browser, service] = await Promise.all([launchChromium(chromium), startService({ env })]);
      stage = { browser, service };
    });
    afterAll(async () => {
      await stage?.browser.close();
      await stage?.service.stop();
    });
    tests(() => {
      if (stage === undefined) throw new Error('The suite has not begun');
      return stage;
    });
  });
}
