import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../kit/chromium.js';
import type { TestService } from '../../kit/service.js';
import { startByWay, waysHere, type Way } from '../../kit/ways.js';

/** Like `expect.poll`, as patient as a busy machine needs. */
export function eventually<T>(read: () => Promise<T> | T) {
  return expect.poll(read, { timeout: 60_000 });
}

/** What the tests of a suite share. */
export interface Stage {
  readonly browser: Browser;
  readonly service: TestService;
}

interface SuiteOptions {
  readonly title: string;
  /** Of the service. */
  readonly env?: NodeJS.ProcessEnv;
  /** The ways to run the suite by; directly alone unless said. */
  readonly ways?: readonly Way[];
}

/** A suite with a browser and a service of its own; where there is no Chromium, it says that it is not run. */
export function studioSuite(options: string | SuiteOptions, tests: (stage: () => Stage) => void): void {
  const {
    title,
    env = {},
    ways = ['directly' as const],
  } = typeof options === 'string' ? { title: options } : options;
  describe.skipIf(inject('chromium') === null).each(waysHere(ways))(`${title} (%s)`, (way) => {
    let stage: Stage | undefined;
    beforeAll(async () => {
      const [browser, service] = await Promise.all([launchChromium(), startByWay(way, { env })]);
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
