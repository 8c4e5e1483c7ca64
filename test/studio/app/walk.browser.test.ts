/** All of Studio in one visit, as somebody makes it who tries it for the first time, with pictures of unusual sizes. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/build-inputs.mjs';
import { pictureOf } from '../../kit/service-pictures.js';
import { seriousFindings } from './accessibility.js';
import { street } from './pictures.js';
import { throughProxy } from './proxy.js';
import { DESKTOP, PHONE, Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

const SCREENSHOTS = process.env['SCREENSHOTS_DIR'] ?? join(ROOT, 'test-artifacts', 'screenshots');
const LOOKS = [
  { name: 'desktop-light', viewport: DESKTOP, colorScheme: 'light' },
  { name: 'phone-dark', viewport: PHONE, colorScheme: 'dark', hasTouch: true },
] as const;
/** What a browser says of a service that has stopped. */
const STOPPED =
  /ERR_CONNECTION|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_SOCKET|WebSocket connection/;

/** Pictures that the page shows, and which of them show a broken sign. */
const BROKEN = `[...document.querySelectorAll('img')]
  .filter((image) => image.checkVisibility() && image.complete && image.naturalWidth === 0)
  .map((image) => image.src)`;

studioSuite({ title: 'Studio: one visit', env: { SUPER_RESOLUTION_TILE: '64' } }, (stage) => {
  let folder: string;
  let photo: string;
  let ribbon: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-walk-'));
    photo = join(folder, 'photo.jpg');
    ribbon = join(folder, 'ribbon.png');
    await sharp(street()).resize(4000, 3000, { fit: 'fill' }).jpeg({ quality: 80 }).toFile(photo);
    await pictureOf({ width: 5000, height: 30 }).png().toFile(ribbon);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(LOOKS)('goes through everything ($name)', { timeout: 180_000 }, async ({ name, ...look }) => {
    const proxy = await throughProxy(stage().service.url);
    const studio = await Studio.open(stage().browser, `${proxy.url}/`, {
      ...look,
      allow: STOPPED,
      hosts: [new URL(stage().service.url).host],
    });
    const { page, panel } = studio;
    const findings: string[] = [];
    // Each visit has a street of its own: the same one would join the job of the visit before.
    const own = join(folder, name, 'street.jpg');
    await mkdir(join(folder, name));
    await sharp(street())
      .modulate({ brightness: 1 + LOOKS.findIndex((each) => each.name === name) / 20 })
      .toFile(own);
    const take = async (what: string): Promise<void> => {
      await page.screenshot({
        path: join(SCREENSHOTS, `walk-${name}-${what}.png`),
        animations: 'disabled',
        fullPage: look.viewport === PHONE,
      });
      for (const finding of await seriousFindings(page)) findings.push(`${what}: ${finding}`);
    };
    const onStage = panel.locator('.change-what');
    const strip = panel.getByRole('listbox', { name: 'Pictures that were chosen together' });

    // Three pictures at once; the first is a photo of 12 megapixels.
    await take('1-start');
    const chooser = page.waitForEvent('filechooser');
    await studio.button('Choose a file').click();
    await (await chooser).setFiles([photo, ribbon, own]);
    await onStage.getByText('4000 × 3000').waitFor();
    await eventually(() => studio.classes.count()).toBe(5);
    await panel.getByText('All 3 answered').waitFor();
    await panel.getByText('knows 200 things').waitFor();
    await studio.button('100 %').click();
    await eventually(() => panel.locator('.viewer-window.zoomed').count()).toBe(1);
    await take('2-photo');

    // A ribbon of 5000 x 30 is one that can be looked at.
    await strip.getByRole('option').nth(1).click();
    await onStage.getByText('5000 × 30').waitFor();
    await eventually(
      async () => (await panel.locator('.viewer-window').boundingBox())?.height ?? 0,
    ).toBeGreaterThan(100);
    await take('3-ribbon');

    // The next one by keys, and what is in it.
    await strip.getByRole('option').nth(1).press('ArrowRight');
    await onStage.getByText('street.jpg').waitFor();
    await studio.show('Detect');
    await panel.getByRole('listbox', { name: 'Objects' }).getByRole('option').first().click();
    await panel
      .getByRole('region', { name: /^Cut out/ })
      .getByRole('listitem')
      .first()
      .waitFor();
    await take('4-objects');
    await studio.show('Road');
    await panel.locator('canvas').first().waitFor();
    await take('5-road');
    await studio.show('All at once');
    await eventually(() => studio.classes.count()).toBeGreaterThan(0);
    await take('6-together');

    // Its request, for a program and in GraphiQL.
    await studio.show('Classify');
    await studio.button('Request').click();
    await page.getByRole('tab', { name: 'Python' }).click();
    await page.getByRole('group', { name: 'Classify, Python' }).waitFor();
    await take('7-request');
    const opened = page.context().waitForEvent('page');
    await panel.getByRole('link', { name: 'Open in GraphiQL' }).click();
    const graphiql = await opened;
    await graphiql.setViewportSize(DESKTOP);
    await graphiql.locator('.graphiql-editor .monaco-editor').first().waitFor();
    await graphiql.locator('.graphiql-tab-active').getByText('Classify', { exact: true }).waitFor();
    await graphiql.getByRole('button', { name: /^Execute query/ }).click();
    await graphiql.locator('.graphiql-response .view-lines').getByText('"labels"').waitFor();
    await graphiql.close();

    // The photo is too large to be enlarged; a smaller copy is not. The visit goes on after a reload in the middle.
    await strip.getByRole('option').first().click();
    await studio.show('Super resolution');
    await panel.getByText('super resolution takes at most 4 megapixels').waitFor();
    await take('8-too-large');
    await strip.getByRole('option').nth(2).click();
    await panel.getByText(/^Takes about/).waitFor();
    await take('9-before');
    await studio.button('Enlarge').click();
    await panel.locator('.tile.done').first().waitFor();
    await take('10-tiles');
    await page.reload();
    await panel.getByRole('img', { name: /^After/ }).waitFor();
    await panel.getByText('Move the line to compare.').waitFor();
    await take('11-compared');

    await studio.show('Jobs');
    await studio.jobs().filter({ hasText: 'street.jpg' }).first().waitFor();
    await take('12-jobs');
    await studio.show('Models');
    await panel.getByRole('article', { name: /^Built-in classifier/ }).waitFor();
    await take('13-models');

    // The way back, and a service that stops in the middle of it.
    await page.goBack();
    await page.goBack();
    await panel.getByRole('img', { name: /^After/ }).waitFor();
    proxy.refuse();
    await page.route('**/files/**', (route) => route.abort('connectionrefused'));
    for (const view of ['Super resolution', 'Jobs', 'Models', 'Classify']) {
      await studio.show(view);
      await take(`14-stopped-${view.toLowerCase().replaceAll(' ', '-')}`);
      await eventually(() => page.evaluate(BROKEN)).toEqual([]);
    }
    await studio.button('Change picture').click();
    await studio.button('Close').waitFor();
    await eventually(() => page.evaluate(BROKEN)).toEqual([]);
    await page.keyboard.press('Escape');
    await studio.button('Classify').click();
    await studio.problem.getByText('The service cannot be reached').first().waitFor();
    proxy.accept();
    await studio.button('Try again').first().click();
    await eventually(() => studio.classes.count()).toBe(5);
    await proxy.close();
    expect(findings).toEqual([]);
  });
});
