import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { ROOT } from '../../../scripts/build-inputs.mjs';
import { picture, pngFile } from '../../kit/service-pictures.js';
import { seriousFindings } from './accessibility.js';
import { styleOf } from './in-page.js';
import { street, things } from './pictures.js';
import { DESKTOP, PHONE, Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

const SCREENSHOTS = process.env['SCREENSHOTS_DIR'] ?? join(ROOT, 'test-artifacts', 'screenshots');

const LOOKS = [
  { name: 'desktop-light', viewport: DESKTOP, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: DESKTOP, colorScheme: 'dark' },
  { name: 'phone-light', viewport: PHONE, colorScheme: 'light' },
  { name: 'phone-dark', viewport: PHONE, colorScheme: 'dark' },
] as const;

/** Waits for what makes a view complete. */
const COMPLETE: Readonly<Record<string, (studio: Studio) => Promise<void>>> = {
  Classify: (studio) => eventually(() => studio.classes.count()).toBe(5),
  Road: (studio) => studio.panel.locator('canvas').first().waitFor(),
  Detect: async (studio) => {
    await studio.panel.getByRole('option').first().waitFor();
    await studio.panel
      .getByRole('group', { name: 'Objects in the picture' })
      .getByRole('button')
      .last()
      .click();
    await eventually(() => studio.panel.getByRole('listitem').count()).toBe(3);
  },
  'All at once': (studio) => eventually(() => studio.classes.count()).toBe(3),
  'Super resolution': async (studio) => {
    await studio.button('Enlarge').click();
    await studio.panel.getByRole('link', { name: 'Download' }).waitFor();
    await studio.panel.getByRole('img', { name: /^After/ }).waitFor();
  },
  Jobs: (studio) => studio.panel.getByRole('listitem').first().waitFor(),
  Models: (studio) => studio.panel.getByRole('article').first().waitFor(),
};

studioSuite('Studio: how it looks', (stage) => {
  it.each(LOOKS)('is accessible in every view ($name)', { timeout: 60_000 }, async ({ name, ...look }) => {
    const studio = await Studio.open(stage().browser, `${stage().service.url}/`, look);
    const { page } = studio;
    const findings: string[] = [];
    const take = async (view: string): Promise<void> => {
      await page.evaluate('scrollTo(0, 0)');
      await page.screenshot({
        path: join(SCREENSHOTS, `${name}-${view.toLowerCase().replaceAll(' ', '-')}.png`),
        animations: 'disabled',
        fullPage: look.viewport === PHONE,
      });
      for (const finding of await seriousFindings(page)) findings.push(`${view}: ${finding}`);
    };
    await take('Start');
    await studio.choose(street());
    await studio.button('Change picture').waitFor();
    for (const [view, isComplete] of Object.entries(COMPLETE)) {
      if (view === 'Detect') await studio.choose(things());
      if (view === 'Super resolution') await studio.choose(pngFile(await picture({ seed: 300 })));
      await studio.show(view);
      await isComplete(studio);
      await take(view);
    }
    await studio.show('Classify');
    await studio.button('Request').click();
    await take('Request');
    await studio.button('Change picture').click();
    await studio.button('Close').waitFor();
    await take('Choosing');
    expect(findings).toEqual([]);
  });

  it.each(LOOKS)('sets the answer larger than the question ($name)', async ({ viewport, colorScheme }) => {
    const look = { viewport, colorScheme };
    const studio = await Studio.open(stage().browser, `${stage().service.url}/`, look);
    await studio.choose(street());
    await eventually(() => studio.classes.count()).toBe(5);
    const sizeOf = async (part: Locator) => Number.parseFloat(await styleOf(part, 'font-size'));
    const answer = await sizeOf(studio.classes.first().locator('.bar-name'));
    const question = await sizeOf(studio.panel.getByRole('heading', { name: 'What is it?' }));
    expect(answer).toBeGreaterThan(question * 1.5);
  });

  it('begins every view at the same left edge, on a wide screen', async () => {
    const viewport = { width: 1920, height: 1080 };
    const studio = await Studio.open(stage().browser, `${stage().service.url}/`, { viewport });
    const edges = new Set<number | undefined>();
    const start = studio.panel.locator('.picker');
    await start.waitFor();
    edges.add((await start.boundingBox())?.x);
    await studio.choose(street());
    for (const view of Object.keys(COMPLETE)) {
      await studio.show(view);
      const first = studio.panel.locator('.view, .narrow-view');
      await first.waitFor();
      edges.add((await first.boundingBox())?.x);
    }
    expect([...edges]).toHaveLength(1);
  });

  // README_PICTURES=1 makes the README's pictures anew.
  it.runIf(process.env['README_PICTURES'])('is shown in the README', { timeout: 60_000 }, async () => {
    const url = `${stage().service.url}/`;
    const save = (studio: Studio, file: string) =>
      studio.page.screenshot({
        path: join(ROOT, 'docs', file),
        type: 'jpeg',
        quality: 82,
        animations: 'disabled',
      });
    const light = await Studio.open(stage().browser, url);
    await light.show('Detect');
    await light.choose(things());
    const box = light.panel
      .getByRole('group', { name: 'Objects in the picture' })
      .getByRole('button')
      .first();
    await box.click();
    await eventually(() => light.panel.getByRole('listitem').count()).toBe(3);
    await save(light, 'studio-detect.jpg');
    const dark = await Studio.open(stage().browser, url, { colorScheme: 'dark' });
    await dark.show('Super resolution');
    await dark.choose(join(ROOT, 'images', 'super-resolution', 'fruit.png'));
    await dark.button('Enlarge').click();
    await dark.panel.getByRole('img', { name: /^After/ }).waitFor();
    await dark.panel.getByText('Move the line').waitFor();
    await save(dark, 'studio-super-resolution.jpg');
  });
});
