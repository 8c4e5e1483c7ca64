import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { SLOW_SUITES, waysHere } from '../../kit/ways.js';
import { clipboardText, hideClipboard, paintedShare, styleOf } from './in-page.js';
import { street, things } from './pictures.js';
import { DESKTOP, PHONE, Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

const SIZES = [
  { name: 'desktop', viewport: DESKTOP },
  { name: 'phone', viewport: PHONE },
];

studioSuite({ title: 'Studio: answers', ways: waysHere(SLOW_SUITES) }, (stage) => {
  const open = async (options = {}) => {
    const studio = await Studio.open(stage().browser, `${stage().service.url}/`, options);
    await studio.choose(street());
    await studio.button('Change picture').waitFor();
    return studio;
  };

  it.each(SIZES)('classifies, with as many classes as asked for ($name)', async ({ viewport }) => {
    const studio = await open({ viewport });
    await eventually(() => studio.classes.count()).toBe(5);
    const slider = studio.panel.getByRole('slider', { name: 'Classes' });
    await slider.focus();
    await slider.press('End');
    await eventually(() => studio.classes.count()).toBe(10);
    const models = studio.panel.getByRole('combobox', { name: 'Model' }).getByRole('option');
    await eventually(() => models.allTextContents()).toEqual([expect.stringMatching(/\(default\)$/)]);
    await studio.button('Classify').click();
    await studio.button('Classify').and(studio.page.locator(':not([data-disabled])')).waitFor();
    expect(await studio.classes.count()).toBe(10);
  });

  it.each(SIZES)('paints the road; opacity and classes ask nothing more ($name)', async ({ viewport }) => {
    const studio = await open({ viewport });
    const { page, panel } = studio;
    await studio.show('Road');
    const layer = panel.locator('canvas');
    await layer.first().waitFor();
    const painted = await paintedShare(layer.first());
    const road = panel.getByRole('group', { name: 'Classes' }).getByRole('button', { name: /^Road/ });
    const share = Number(/([\d.]+) %/.exec((await road.textContent()) ?? '')?.[1]) / 100;
    expect(share).toBeGreaterThan(0);
    expect(painted).toBeCloseTo(share, 1);

    let requests = 0;
    page.on('request', () => (requests += 1));
    const opacity = panel.getByRole('slider', { name: 'Opacity' });
    await opacity.focus();
    await opacity.press('Home');
    expect(await styleOf(layer.first().locator('..'), 'opacity')).toBe('0');
    await road.click();
    await layer.first().waitFor({ state: 'hidden' });
    await road.click();
    await layer.first().waitFor();
    expect(requests).toBe(0);
  });

  it.each(SIZES)(
    'finds objects, filters them, and classifies one that is cut out ($name)',
    async ({ viewport }) => {
      const studio = await open({ viewport });
      const { page, panel } = studio;
      await studio.choose(things());
      await panel.getByText(basename(things())).waitFor();
      await studio.show('Detect');
      const objects = panel.getByRole('listbox', { name: 'Objects' }).getByRole('option', { name: /%$/ });
      const boxes = panel.getByRole('group', { name: 'Objects in the picture' }).getByRole('button');
      await objects.first().waitFor();
      let requests = 0;
      page.on('request', (request) => (requests += request.method() === 'POST' ? 1 : 0));
      const score = panel.getByRole('slider', { name: 'Sure by at least' });
      // Where the model that answers starts by itself.
      expect(Number(await score.inputValue())).toBe(0.32);
      await score.focus();
      await score.press('Home');
      const all = await objects.count();
      expect(await boxes.count()).toBe(all);
      for (let sure = 0; sure < 45; sure += 1) await score.press('ArrowRight');
      const surer = await objects.count();
      expect(surer).toBeLessThanOrEqual(all);
      expect(surer).toBe(await boxes.count());
      await score.press('Home');
      expect(requests).toBe(0);

      await boxes.last().click();
      const cut = panel.getByRole('region', { name: /^Cut out/ });
      await cut.getByRole('img').waitFor();
      await eventually(() => cut.getByRole('listitem').count()).toBe(3);
      expect(requests).toBe(1);
      const other = objects.and(page.locator('[aria-selected="false"]')).first();
      await other.focus();
      await page.keyboard.press('Enter');
      await eventually(() => requests).toBe(2);
      await eventually(() => cut.getByRole('listitem').count()).toBe(3);
    },
  );

  it.each(SIZES)('tells everything at once ($name)', async ({ viewport }) => {
    const studio = await open({ viewport });
    await studio.show('All at once');
    await eventually(() => studio.classes.count()).toBe(3);
    await studio.panel.getByText(/^Road [\d.]+ %/).waitFor();
    await studio.panel.getByRole('heading', { name: /^\d+ objects?$/ }).waitFor();
    await studio.button('Analyze').click();
    await eventually(() => studio.classes.count()).toBe(3);
  });

  it('shows the request as a command that works', async () => {
    const studio = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await eventually(() => studio.classes.count()).toBe(5);
    await studio.button('Request').click();
    const query = await studio.page.getByRole('group', { name: 'Classify, GraphQL' }).textContent();
    expect(query).toMatch(/^mutation Classify\(/);
    await studio.page.getByRole('tab', { name: 'curl' }).click();
    await studio.button('Copy Classify, curl').click();
    await studio.button('Copied Classify, curl').waitFor();
    const command = await clipboardText(studio.page);
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: dirname(street()) });
    const answer = z.object({ data: z.object({ classify: z.object({ labels: z.array(z.unknown()) }) }) });
    expect(answer.parse(JSON.parse(stdout)).data.classify.labels).toHaveLength(5);
  });

  it('copies where there is no clipboard API, as on a plain http address', async () => {
    const studio = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await eventually(() => studio.classes.count()).toBe(5);
    await hideClipboard(studio.page);
    await studio.button('Request').click();
    await studio.button('Copy Classify, variables').click();
    await studio.button('Copied Classify, variables').waitFor();
    expect(JSON.parse(await clipboardText(studio.page))).toMatchObject({ topK: 5 });
  });

  it('draws one arrow at a choice', async () => {
    const studio = await open();
    expect(await styleOf(studio.panel.getByRole('combobox'), 'background-image')).toBe('none');
  });

  it('keeps the theme that was chosen', async () => {
    const studio = await open();
    const paper = () => styleOf(studio.page.locator('body'), 'background-color');
    const light = await paper();
    await studio.page.getByRole('radio', { name: 'Dark' }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await studio.page.reload();
    await studio.page.getByRole('radio', { name: 'Dark', checked: true }).waitFor();
    expect(await paper()).toBe(dark);
  });

  it('names each theme in words, beside an icon that is not read out', async () => {
    const studio = await open();
    const themes = studio.page.getByRole('radiogroup', { name: 'Theme' });
    for (const name of ['Light', 'Same as the system', 'Dark'])
      await themes.getByRole('radio', { name, exact: true }).waitFor();
    expect(await themes.locator('svg[aria-hidden="true"]').count()).toBe(3);
    expect(await themes.innerText()).toBe('');
  });

  it('leads to GraphiQL', async () => {
    const studio = await open();
    const link = studio.page.getByRole('contentinfo').getByRole('link', { name: /GraphiQL/ });
    const { href } = await link.evaluate(({ href }: { href: string }) => ({ href }));
    expect(href).toBe(`${stage().service.url}/graphql`);
  });
});
