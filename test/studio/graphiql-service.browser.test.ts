/** GraphiQL on the service itself: the examples as they come, uploads and subscriptions. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from '../kit/chromium.js';
import { picture } from '../kit/service-pictures.js';
import { startByWay, SLOW_SUITES, waysHere } from '../kit/ways.js';
import { GraphiqlPage } from './graphiql-page.js';

/** The pages are heavy, and the machine may be busy. */
const PATIENCE = { timeout: 60_000 };

/** Tabs, and what is answered when one after the other is run as it comes. */
const FIRST_VISIT: [tab: string, answer: RegExp][] = [
  ['Models', /"id":"mobilenet-v3-small"/],
  ['Classify', /"name":"banana"/],
  ['SegmentRoad', /"class":"ROAD"/],
  ['DetectObjects', /"data":\{"detectObjects":\{"objects"/],
  ['Analyze', /"data":\{"analyze":\{/],
  ['SuperResolve', /"data":\{"superResolve":\{"id":"sr-[0-9a-f]{32}"/],
  ['JobUpdated', /"status":"COMPLETED"/],
  // It is done by now, and both are answered with their documented codes.
  ['CancelJob', /"code":"JOB_NOT_CANCELABLE"/],
  ['RetryJob', /"code":"BAD_USER_INPUT"/],
];

/** Tabs that the tests open themselves. */
const TYPED = ['Mine', 'None', 'Follow'];

/** Those of the other tabs whose answer is not just data. */
const OTHERS: Readonly<Record<string, RegExp>> = {};

describe.skipIf(inject('chromium') === null).each(waysHere(SLOW_SUITES))(
  'GraphiQL on the service (%s)',
  (way) => {
    const cleanups: (() => Promise<unknown>)[] = [];
    let graphiql: GraphiqlPage;
    let chosen: string;

    beforeAll(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'okulo-chosen-'));
      cleanups.unshift(() => rm(folder, { recursive: true }));
      chosen = join(folder, 'chosen.png');
      await writeFile(chosen, await picture());
      const service = await startByWay(way);
      cleanups.unshift(() => service.stop());
      const browser = await launchChromium();
      cleanups.unshift(() => browser.close());
      graphiql = await GraphiqlPage.open(browser, service.url);
    });
    afterAll(async () => {
      for (const cleanup of cleanups) await cleanup();
    });

    /** The pane breaks long lines. */
    const unbroken = async () => (await graphiql.response()).replaceAll(/\s/g, '');

    it('opens with the operations in the order of a first visit', async () => {
      expect((await graphiql.tabTitles()).slice(0, FIRST_VISIT.length)).toEqual(
        FIRST_VISIT.map(([tab]) => tab),
      );
    });

    it.each(FIRST_VISIT)('runs the example %s as it comes, in that order', async (tab, expected) => {
      await graphiql.openTab(tab);
      await graphiql.run();
      await expect.poll(unbroken, PATIENCE).toMatch(expected);
    });

    it('sends a file that was chosen in its panel', async () => {
      await graphiql.chooseFile(chosen);
      await graphiql.newTab(
        'Mine',
        'mutation Mine($image: ImageInput!) { classify(image: $image) { image { width height format } } }',
      );
      await graphiql.setVariables('{ "image": { "upload": "@chosen.png" } }');
      await graphiql.run();
      await expect.poll(() => graphiql.response(), PATIENCE).toContain('"format": "png"');
    });

    it('says which file is missing', async () => {
      await graphiql.newTab(
        'None',
        'mutation None($image: ImageInput!) { classify(image: $image) { timing { total } } }',
      );
      await graphiql.setVariables('{ "image": { "upload": "@none.png" } }');
      await graphiql.run();
      await expect.poll(unbroken, PATIENCE).toContain("Thereisnofile'none.png'");
    });

    it('follows a job to its end', async () => {
      await graphiql.openTab('SuperResolve');
      await graphiql.run();
      await expect.poll(unbroken, PATIENCE).toMatch(/"id":"sr-[0-9a-f]{32}"/);
      const [id] = /sr-[0-9a-f]{32}/.exec(await unbroken()) ?? [];
      await graphiql.newTab(
        'Follow',
        `subscription Follow { jobUpdated(id: "${id}") { status result { width } } }`,
      );
      await graphiql.run();
      await expect.poll(() => graphiql.response(), PATIENCE).toContain('"COMPLETED"');
    });

    it('runs every other example as it comes', async () => {
      const others = (await graphiql.tabTitles())
        .slice(FIRST_VISIT.length)
        .filter((title) => !TYPED.includes(title));
      expect(others).toEqual(expect.arrayContaining(['Job', 'Jobs', 'Limits', 'Model', 'DeleteJob']));
      for (const tab of others) {
        await graphiql.openTab(tab);
        await graphiql.run();
        await expect
          .poll(unbroken, { ...PATIENCE, message: tab })
          .toMatch(OTHERS[tab] ?? /"data":\{"\w+":(\{|\[|")/);
      }
    });

    it('asked no other host for anything and reported no error', () => {
      expect(graphiql.hosts.size).toBe(1);
      expect(graphiql.complaints).toEqual([]);
    });
  },
);
