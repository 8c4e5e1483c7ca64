/** GraphiQL on the service itself: the examples as they come, uploads and subscriptions. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../kit/chromium.js';
import { picture } from '../kit/service-pictures.js';
import { startByWay, waysHere } from '../kit/ways.js';
import { GraphiqlPage } from './graphiql-page.js';

const chromium = findChromium();
if (chromium === undefined)
  console.log('Not run: GraphiQL on the service (no Chromium in /usr/bin or on PATH).');

/** The pages are heavy, and the machine may be busy. */
const PATIENCE = { timeout: 20_000 };

describe.skipIf(chromium === undefined).each(waysHere())('GraphiQL on the service (%s)', (way) => {
  const cleanups: (() => Promise<unknown>)[] = [];
  let graphiql: GraphiqlPage;
  let chosen: string;

  beforeAll(async () => {
    if (chromium === undefined) return;
    const folder = await mkdtemp(join(tmpdir(), 'okulo-chosen-'));
    cleanups.unshift(() => rm(folder, { recursive: true }));
    chosen = join(folder, 'chosen.png');
    await writeFile(chosen, await picture());
    const service = await startByWay(way);
    cleanups.unshift(() => service.stop());
    const browser = await launchChromium(chromium);
    cleanups.unshift(() => browser.close());
    graphiql = await GraphiqlPage.open(browser, service.url);
  });
  afterAll(async () => {
    for (const cleanup of cleanups) await cleanup();
  });

  /** The pane breaks long lines. */
  const unbroken = async () => (await graphiql.response()).replaceAll(/\s/g, '');

  it.each([
    ['Classify', '"name": "banana"'],
    ['SegmentRoad', '"class": "ROAD"'],
    ['DetectObjects', '"objects"'],
    ['Analyze', '"classification"'],
    ['Models', '"id": "mobilenet-v3-small"'],
  ])('runs the example %s as it comes', async (tab, expected) => {
    await graphiql.openTab(tab);
    await graphiql.run();
    await expect.poll(() => graphiql.response(), PATIENCE).toContain(expected);
    expect(await graphiql.response()).not.toContain('"errors"');
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

  it('asked no other host for anything and reported no error', () => {
    expect(graphiql.hosts.size).toBe(1);
    expect(graphiql.complaints).toEqual([]);
  });
});
