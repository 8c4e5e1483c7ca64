import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { GraphqlClient } from '../../kit/graphql-client.js';
import { completed, submit } from '../../kit/service-jobs.js';
import { picture, pngFile } from '../../kit/service-pictures.js';
import { Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';
import { throughProxy, type Proxy } from './proxy.js';

/** Large enough that a person could watch it. */
const LARGE = { width: 1000, height: 800 };

studioSuite('Studio: super resolution and its jobs', (stage) => {
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
    await studio.button('Start another one').click();
    await studio.button('Enlarge').waitFor();
    expect(await page.title()).toBe('Super resolution · Okulo');
  });

  it('shows progress and tiles, cancels, and goes on', async () => {
    const studio = await open();
    const { panel } = studio;
    await start(studio, await picture({ ...LARGE, seed: 102 }));
    const progress = panel.getByRole('progressbar', { name: 'Progress' });
    await progress.getByText(/^\d+ of \d+ tiles, about .+ left$/).waitFor();
    await panel.getByRole('img', { name: 'What is done so far' }).waitFor();
    await studio.button('Cancel').click();
    await panel.getByText('It was canceled').waitFor();
    await studio.button('Retry').click();
    await progress.waitFor();
    await studio.button('Cancel').click();
    await panel.getByText('It was canceled').waitFor();
  });

  it('follows jobs in the list, cancels one, and opens another', async () => {
    const studio = await open();
    const { page, panel } = studio;
    await start(studio, await picture({ ...LARGE, seed: 103 }));
    await studio.button('Cancel').waitFor();
    const client = new GraphqlClient(stage().service.url);
    const { id } = await submit(client, { image: await picture({ seed: 104 }) });
    await studio.show('Jobs');
    const small = panel.getByRole('listitem', { name: `Job ${id}` });
    const large = panel.getByRole('listitem').filter({ hasText: '4000 × 3200' }).first();
    await large
      .getByRole('progressbar')
      .getByText(/tiles|ahead|Next|Getting ready/)
      .waitFor();
    await large.getByRole('button', { name: 'Cancel' }).click();
    await large.getByText('Canceled').waitFor();
    await large.getByRole('button', { name: 'Retry' }).waitFor();
    await small.getByText('Done').waitFor();
    await small.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('img', { name: 'The result, four times as large' }).waitFor();
  });

  it('says so when a result is no longer kept', async () => {
    const client = new GraphqlClient(stage().service.url);
    const { id } = await submit(client, { image: await picture({ seed: 106 }) });
    const { url } = await completed(client, id);
    await rm(join(stage().service.dataDir, 'objects', new URL(url).pathname.replace('/files/', '')));
    const studio = await open(stage().service.url, { allow: /status of 404/ });
    await studio.show('Jobs');
    const job = studio.panel.getByRole('listitem', { name: `Job ${id}` });
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
    const jobs = studio.panel.getByRole('listitem', { name: /^Job / });
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
