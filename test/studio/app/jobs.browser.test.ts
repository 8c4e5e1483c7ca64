import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../../scripts/build-inputs.mjs';
import { dataOf, GraphqlClient } from '../../kit/graphql-client.js';
import { completed, submit } from '../../kit/service-jobs.js';
import { operation } from '../../kit/service-operations.js';
import { picture, pngFile } from '../../kit/service-pictures.js';
import { z } from 'zod';
import { seriousFindings } from './accessibility.js';
import { PHONE, Studio, DESKTOP } from './studio.js';
import { focusedText } from './in-page.js';
import { eventually, studioSuite } from './suite.js';
import { throughProxy } from './proxy.js';

const SCREENSHOTS = process.env['SCREENSHOTS_DIR'] ?? join(ROOT, 'test-artifacts', 'screenshots');
/** Large enough that a person could watch it. */
const LARGE = { width: 1000, height: 800 };

studioSuite('Studio: the list of jobs', (stage) => {
  const open = (options = {}) => Studio.open(stage().browser, `${stage().service.url}/#jobs`, options);
  const api = () => new GraphqlClient(stage().service.url);

  async function upload(name: string, seed: number, size = {}): Promise<string> {
    const file = pngFile(await picture({ seed, ...size }), name);
    const shape = z.object({ superResolve: z.object({ id: z.string() }) });
    return dataOf(await api().upload(operation('super-resolve'), file), shape).superResolve.id;
  }

  // The first test: there is no job yet.
  it('says what will be here, and leads there', async () => {
    const studio = await open();
    const { page, panel } = studio;
    await panel.getByText('Enlarge a picture, and its job stands here').waitFor();
    await panel.getByRole('link', { name: 'Enlarge a picture' }).click();
    await page.getByRole('tab', { name: 'Super resolution', selected: true }).waitFor();
  });

  it('shows a job by its name, small, and gives the result a name of its own', async () => {
    const id = await upload('fruit.png', 1);
    await completed(api(), id);
    const studio = await open();
    const row = studio.jobs(id);
    await row.getByText('fruit.png').waitFor();
    await row.getByText('160 × 120 → 640 × 480').waitFor();
    await row.getByText(/^took /).waitFor();
    const image = row.locator('.job-thumbnail img');
    await eventually(() => image.evaluate((shown: { naturalWidth: number }) => shown.naturalWidth)).toBe(160);
    const download = studio.page.waitForEvent('download');
    await row.getByRole('link', { name: 'Download' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('fruit.x4.png');
    expect((await readFile(await file.path())).subarray(1, 4).toString()).toBe('PNG');
  });

  it('compares the result of another device with the picture that the service has kept', async () => {
    const id = await upload('elsewhere.png', 2);
    await completed(api(), id);
    const studio = await open();
    await studio.jobs(id).getByRole('button', { name: 'Open' }).click();
    await studio.page.getByRole('img', { name: /^After/ }).waitFor();
    const before = studio.panel.getByRole('img', { name: /^Before/ });
    expect(await before.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(160);
    await studio.panel.getByText(`elsewhere.png, ${id}`).waitFor();
  });

  it('is kept up to date, and filters by status and by name', async () => {
    const large = await upload('panorama.png', 3, LARGE);
    const studio = await open();
    const { panel } = studio;
    await studio.jobs(large).getByRole('progressbar').waitFor();
    const waiting = await upload('second.png', 4, LARGE);
    // Nobody has asked for it.
    await studio.jobs(waiting).waitFor();
    const statuses = panel.getByRole('radiogroup', { name: 'Jobs to show' });
    await api().post(operation('cancel-job'), { id: waiting });
    await studio.jobs(waiting).getByText('Canceled').waitFor();
    await statuses.getByRole('radio', { name: 'Canceled 1' }).click();
    await eventually(() => studio.jobs().count()).toBe(1);
    await statuses.getByRole('radio', { name: /^Failed/ }).click();
    await panel.getByText('No job has the status “Failed”.').waitFor();
    await statuses.getByRole('radio', { name: /^All/ }).click();
    const search = panel.getByRole('searchbox', { name: 'Search by name' });
    await search.fill('PANO');
    await eventually(() => studio.jobs().count()).toBe(1);
    await studio.jobs(large).waitFor();
    await search.fill('nothing of it');
    await panel.getByText('No job has “nothing of it” in its name.').waitFor();
    await search.fill('');
    await studio.jobs(waiting).waitFor();
    await api().post(operation('cancel-job'), { id: large });
  });

  it('deletes a job after asking once more', async () => {
    const id = await upload('to be deleted.png', 5);
    await completed(api(), id);
    const studio = await open();
    const row = studio.jobs(id);
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.getByText('Delete it and its result?').waitFor();
    await row.getByRole('button', { name: 'Keep' }).press('Enter');
    await eventually(() => focusedText(studio.page)).toBe('Delete');
    await row.getByRole('button', { name: 'Delete' }).press('Enter');
    await row.getByRole('button', { name: 'Delete' }).press('Enter');
    await row.waitFor({ state: 'detached' });
    await eventually(() => focusedText(studio.page)).toBe('Jobs');
    expect(await api().post('query ($id: ID!) { job(id: $id) { id } }', { id })).toMatchObject({
      data: { job: null },
    });
  });

  it('clears all finished jobs, and leaves the others', async () => {
    const running = await upload('runs.png', 6, LARGE);
    await submit(api(), { image: await picture({ seed: 7, width: 20, height: 20 }) });
    const studio = await open();
    await eventually(() => studio.jobs().count()).toBeGreaterThan(2);
    await studio.button('Clear finished').click();
    await studio.panel.getByText(/^Delete \d+ finished jobs? and their results\?$/).waitFor();
    await studio.button('Delete all').click();
    await eventually(async () => {
      const counts = await api().post('{ jobCounts { failed canceled } }');
      return counts.data;
    }).toEqual({ jobCounts: { failed: 0, canceled: 0 } });
    await eventually(() => studio.jobs().count()).toBeLessThan(3);
    await studio.jobs(running).waitFor();
    await api().post(operation('cancel-job'), { id: running });
  });

  it('says so when the service is away, keeps what it has, and goes on by itself', async () => {
    const id = await upload('kept.png', 8);
    await completed(api(), id);
    const proxy = await throughProxy(stage().service.url);
    const { host } = new URL(stage().service.url);
    const studio = await Studio.open(stage().browser, `${proxy.url}/#jobs`, {
      hosts: [host],
      allow: /WebSocket connection|Failed to load resource/,
    });
    const row = studio.jobs(id);
    await row.waitFor();
    proxy.refuse();
    await studio.page.evaluate("window.dispatchEvent(new Event('focus'))");
    await studio.problem.waitFor();
    await row.waitFor();
    proxy.accept();
    await studio.problem.waitFor({ state: 'detached' });
    await proxy.close();
  });

  it.each([
    // Each has pictures of its own: a job that the other canceled may still be stopping.
    { name: 'desktop-light', seed: 20, viewport: DESKTOP, colorScheme: 'light' },
    { name: 'phone-dark', seed: 30, viewport: PHONE, colorScheme: 'dark' },
  ] as const)('is accessible with jobs of all kinds ($name)', async ({ name, seed, ...look }) => {
    await completed(api(), await upload('fruit.png', seed));
    const longName = 'a very long name of a picture that was made on a summer evening by the sea.png';
    await completed(api(), await upload(longName, seed + 1));
    const running = await upload('harbour at night.png', seed + 2, LARGE);
    const waiting = await upload('market.png', seed + 3, LARGE);
    const canceled = await upload('stairs.png', seed + 4, LARGE);
    await api().post(operation('cancel-job'), { id: canceled });
    const studio = await open(look);
    await studio.jobs(running).getByRole('progressbar').waitFor();
    await studio.jobs(canceled).getByText('Canceled').waitFor();
    await eventually(() => studio.jobs().locator('.job-thumbnail img').count()).toBeGreaterThan(3);
    await studio.page.screenshot({
      path: join(SCREENSHOTS, `${name}-job-list.png`),
      animations: 'disabled',
      fullPage: look.viewport === PHONE,
    });
    expect(await seriousFindings(studio.page)).toEqual([]);
    for (const id of [running, waiting]) await api().post(operation('cancel-job'), { id });
  });
});
