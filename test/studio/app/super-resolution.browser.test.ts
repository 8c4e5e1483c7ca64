import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { GraphqlClient } from '../../kit/graphql-client.js';
import { completed, submit } from '../../kit/service-jobs.js';
import { picture, pictureOf, pngFile } from '../../kit/service-pictures.js';
import { waysHere } from '../../kit/ways.js';
import { focusedText } from './in-page.js';
import { Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';
import { throughProxy, type Proxy } from './proxy.js';

/** Large enough that a person could watch it. */
const LARGE = { width: 1000, height: 800 };

/** It has a proxy of its own, at an address that only its host tells. */
const WAYS = waysHere(['directly', 'behind nginx that strips a prefix']);

const asks = (route: Route, operation: string): boolean =>
  route.request().postDataBuffer()?.includes(operation) ?? false;
const isSubmission = (route: Route): boolean => asks(route, 'mutation SuperResolve');

studioSuite({ title: 'Studio: super resolution and its jobs', ways: WAYS }, (stage) => {
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await throughProxy(stage().service.url);
    return () => proxy.close();
  });

  const open = async (url = stage().service.url, options = {}) => {
    const studio = await Studio.open(stage().browser, `${url}/#super-resolution`, options);
    return studio;
  };
  const start = async (studio: Studio, file: Buffer) => {
    await studio.choose(pngFile(file));
    await studio.button('Enlarge').click();
  };

  it('enlarges a picture, and compares the result with it', async () => {
    const studio = await open();
    const { page, panel } = studio;
    await studio.choose(pngFile(await picture({ seed: 101 }), 'small.png'));
    await panel.getByRole('combobox', { name: 'Format' }).selectOption('WEBP');
    await studio.button('Enlarge').click();
    await panel.getByRole('img', { name: /^After/ }).waitFor();
    await panel.getByText('640 × 480').waitFor();
    const slider = panel.getByRole('slider');
    const before = await slider.getAttribute('aria-valuenow');
    await slider.focus();
    await slider.press('ArrowRight');
    await eventually(() => slider.getAttribute('aria-valuenow')).not.toBe(before);
    const address = await panel.getByRole('link', { name: 'Download' }).getAttribute('href');
    const result = await fetch(address ?? '');
    expect([result.status, result.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(result.headers.get('content-disposition')).toBe('inline; filename=small.x4.webp');
    await studio.button('Start another one').click();
    await studio.button('Enlarge').waitFor();
    expect(await page.title()).toBe('Super resolution · Okulo');
  });

  it('has its button in one place, so that a press meets it while the estimate comes', async () => {
    const studio = await open();
    const { page, panel } = studio;
    let hold: (route: Route) => void = () => undefined;
    const held = new Promise<Route>((resolve) => (hold = resolve));
    await page.route('**/graphql', (route) =>
      asks(route, 'query EstimateJob') ? hold(route) : route.fallback(),
    );
    await studio.choose(pngFile(await picture({ seed: 106 })));
    const route = await held;
    const before = await studio.button('Enlarge').boundingBox();
    await route.continue();
    await panel.getByText(/^Takes about/).waitFor();
    expect(await studio.button('Enlarge').boundingBox()).toEqual(before);
  });

  it('compares the result with the picture that was sent, though another was chosen meanwhile', async () => {
    const studio = await open();
    const { page, panel } = studio;
    await studio.choose(pngFile(await picture({ seed: 107 }), 'sent.png'));
    let hold: (route: Route) => void = () => undefined;
    const held = new Promise<Route>((resolve) => (hold = resolve));
    await page.route('**/graphql', (route) => (isSubmission(route) ? hold(route) : route.fallback()));
    await studio.button('Enlarge').click();
    const route = await held;
    await studio.choose(pngFile(await picture({ width: 30, height: 70, seed: 108 }), 'other.png'));
    await panel.getByText('other.png').waitFor();
    await route.continue();
    const before = panel.getByRole('img', { name: /^Before/ });
    await before.waitFor();
    expect(await before.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(160);
    await panel.getByText('sent.png', { exact: true }).waitFor();
  });

  it('forgets with another picture that the one before it could not be sent', async () => {
    const studio = await open(stage().service.url, { allow: /ERR_FAILED/ });
    const { page, panel } = studio;
    await studio.choose(pngFile(await picture({ seed: 109 }), 'first.png'));
    await page.route('**/graphql', (route) => (isSubmission(route) ? route.abort() : route.fallback()));
    await studio.button('Enlarge').click();
    await studio.button('Try again').waitFor();
    await page.unrouteAll();
    await studio.choose(pngFile(await picture({ seed: 110 }), 'second.png'));
    await panel.getByText('second.png').waitFor();
    await studio.problem.waitFor({ state: 'detached' });
    await studio.button('Enlarge').click();
    await panel.getByRole('link', { name: 'Download' }).waitFor();
  });

  it('speaks of a line to move only where there is one', async () => {
    const studio = await open();
    await studio.choose({
      bytes: await pictureOf({ seed: 113 }).tiff().toBuffer(),
      name: 'sent.tiff',
      type: 'image/tiff',
    });
    await studio.button('Enlarge').click();
    const finished = (at: Studio) => at.panel.getByRole('link', { name: 'Download' }).waitFor();
    await finished(studio);
    await studio.page.waitForURL(/#super-resolution\/sr-/);
    // Another browser has no picture of its own, and shows no TIFF.
    const { hash } = new URL(studio.page.url());
    const elsewhere = await Studio.open(stage().browser, `${stage().service.url}/${hash}`);
    await finished(elsewhere);
    await elsewhere.panel.getByRole('img', { name: /^The result/ }).waitFor();
    expect(await elsewhere.panel.getByText('Move the line').count()).toBe(0);
    expect(await elsewhere.panel.getByRole('slider').count()).toBe(0);
  });

  it('gives the focus to its heading when the button that had it is gone', async () => {
    const studio = await open();
    const { page } = studio;
    await studio.choose(pngFile(await picture({ seed: 111 })));
    await studio.button('Enlarge').press('Enter');
    await eventually(() => focusedText(page)).toBe('Four times as large');
    await studio.button('Start another one').press('Enter');
    await studio.button('Enlarge').waitFor();
    await eventually(() => focusedText(page)).toBe('Four times as large');
  });

  it('opens the job of its address, as after a reload in the middle of it', async () => {
    const studio = await open();
    const { page, panel } = studio;
    await start(studio, await picture({ ...LARGE, seed: 112 }));
    await panel.getByRole('progressbar').waitFor();
    await page.waitForURL(/#super-resolution\/sr-/);
    await page.reload();
    await panel.getByRole('progressbar').waitFor();
    await studio.button('Cancel').click();
    await studio.button('Start another one').click();
    await page.waitForURL(/#super-resolution$/);
  });

  it('says that there is no job of the name in its address, and leads away from it', async () => {
    const studio = await Studio.open(stage().browser, `${stage().service.url}/#super-resolution/sr-0`);
    await studio.problem.getByText('JOB_NOT_FOUND').waitFor();
    await studio.button('Start another one').click();
    await studio.button('Choose a file').waitFor();
  });

  it('lists a job that was started elsewhere when the person comes back to the window', async () => {
    const studio = await open();
    const { page, panel } = studio;
    await studio.show('Jobs');
    await panel.getByRole('heading', { name: 'Jobs' }).waitFor();
    const { id } = await submit(new GraphqlClient(stage().service.url), {
      image: await picture({ seed: 113 }),
    });
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await studio.jobs(id).waitFor();
  });

  it('shows progress and tiles, cancels, and goes on', async () => {
    const studio = await open();
    const { panel } = studio;
    await start(studio, await picture({ ...LARGE, seed: 102 }));
    const progress = panel.getByRole('progressbar', { name: 'Progress' });
    await progress.getByText(/^\d+ of \d+ tiles, about .+ left$/).waitFor();
    await panel.getByRole('img', { name: 'What is done so far' }).waitFor();
    expect(Number(await panel.locator('.tile-grid').getAttribute('data-done'))).toBeGreaterThan(0);
    expect(await panel.locator('.tile:not(.done)').count()).toBeGreaterThan(0);
    await studio.button('Cancel').click();
    await panel.getByText('It was canceled').waitFor();
    await studio.button('Retry').click();
    await progress.waitFor();
    await studio.button('Cancel').click();
    await panel.getByText('It was canceled').waitFor();
  });

  it('follows jobs in the list, cancels one, and opens another', async () => {
    const studio = await open();
    const { page } = studio;
    await start(studio, await picture({ ...LARGE, seed: 103 }));
    await studio.button('Cancel').waitFor();
    const client = new GraphqlClient(stage().service.url);
    const { id } = await submit(client, { image: await picture({ seed: 104 }) });
    await studio.show('Jobs');
    const small = studio.jobs(id);
    const large = studio.jobs().filter({ hasText: '4000 × 3200' }).first();
    await large
      .getByRole('progressbar')
      .getByText(/tiles|Waiting for|Next|Getting ready/)
      .waitFor();
    await large.getByRole('button', { name: 'Cancel' }).click();
    await large.getByText('Canceled').waitFor();
    await large.getByRole('button', { name: 'Retry' }).waitFor();
    await small.getByText('Done').waitFor();
    await small.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('img', { name: /^After/ }).waitFor();
  });

  it('says so when a result is no longer kept', async () => {
    const client = new GraphqlClient(stage().service.url);
    const { id } = await submit(client, { image: await picture({ seed: 106 }) });
    const { url } = await completed(client, id);
    await rm(join(stage().service.dataDir, 'objects', new URL(url).pathname.replace(/^.*\/files\//, '')));
    const studio = await open(stage().service.url, { allow: /status of 404/ });
    await studio.show('Jobs');
    const job = studio.jobs(id);
    await job.getByRole('button', { name: 'Open' }).click();
    await studio.panel.getByText('it may not be kept any more').waitFor();
  });

  it('lists more than a page of jobs when asked for more', async () => {
    const client = new GraphqlClient(stage().service.url);
    for (let seed = 200; seed < 222; seed += 1) {
      await submit(client, { image: await picture({ width: 24, height: 24, seed }) });
    }
    const studio = await open();
    await studio.show('Jobs');
    const jobs = studio.jobs();
    await eventually(() => jobs.count()).toBe(20);
    await studio.button('More').click();
    await eventually(() => jobs.count()).toBeGreaterThan(20);
    await studio.button('More').waitFor({ state: 'detached' });
  });

  it('says when live updates are interrupted, and is up to date when they are back', async () => {
    const { host } = new URL(stage().service.url);
    // Chromium tells of every request in vain.
    const studio = await open(proxy.url, {
      hosts: [host],
      allow: /WebSocket connection|Failed to load resource/,
    });
    const { page, panel } = studio;
    await start(studio, await picture({ ...LARGE, seed: 105 }));
    await panel.getByRole('progressbar').getByText(/tiles/).waitFor();
    proxy.refuse();
    await page.getByText('Live updates are interrupted; connecting again').waitFor();
    // What happens meanwhile is told afterwards.
    const client = new GraphqlClient(stage().service.url);
    const [id] = /sr-[0-9a-f]+/.exec((await panel.textContent()) ?? '') ?? [];
    await client.post('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id });
    proxy.accept();
    await panel.getByText('It was canceled').waitFor();
    await page.getByText('Live updates are interrupted').waitFor({ state: 'detached' });
  });
});
