import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { picture, pngFile } from '../../kit/service-pictures.js';
import { street, things } from './pictures.js';
import { PHONE, Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

studioSuite({ title: 'Studio: places and the way back' }, (stage) => {
  const open = (hash = '', options = {}) =>
    Studio.open(stage().browser, `${stage().service.url}/${hash}`, options);
  const hash = ({ page }: Studio) => new URL(page.url()).hash;

  it.each([{ viewport: PHONE }, {}])(
    'goes back and forward through views and pictures (%j)',
    async (options) => {
      const studio = await open('', options);
      const { page } = studio;
      await studio.choose(street());
      await eventually(() => studio.classes.count()).toBe(5);
      await studio.choose(things());
      await page.getByRole('img', { name: basename(things()) }).waitFor();
      await studio.show('Detect');
      await studio.show('Jobs');
      await page.goBack();
      await page.getByRole('heading', { name: 'What is where?' }).waitFor();
      expect(hash(studio)).toBe('#detect');
      await page.goBack();
      await page.getByRole('heading', { name: 'What is it?' }).waitFor();
      await studio.panel.getByRole('img', { name: basename(things()) }).waitFor();
      await page.goBack();
      await studio.panel.getByRole('img', { name: basename(street()) }).waitFor();
      await eventually(() => studio.classes.count()).toBe(5);
      await page.goBack();
      await studio.button('Choose a file').waitFor();
      for (let steps = 0; steps < 4; steps += 1) await page.goForward();
      await page.getByRole('heading', { name: 'Jobs' }).waitFor();
      expect(await page.title()).toBe('Jobs · Okulo');
    },
  );

  it('tells the model in the address, and opens it from there', async () => {
    const studio = await open('#detect/builtin-detector');
    await studio.choose(things());
    await studio.panel.getByRole('option').first().waitFor();
    expect(hash(studio)).toBe('#detect/builtin-detector');
    await studio.show('Road');
    expect(hash(studio)).toBe('#road');
    await studio.show('Detect');
    expect(hash(studio)).toBe('#detect/builtin-detector');
    await studio.panel.getByLabel('Model').selectOption({ index: 0 });
    expect(hash(studio)).toBe('#detect');
    await studio.page.goBack();
    expect(hash(studio)).toBe('#detect/builtin-detector');
  });

  it('keeps picture and answer over a reload', async () => {
    const studio = await open();
    await studio.choose(street());
    await eventually(() => studio.classes.count()).toBe(5);
    await studio.show('Road');
    await studio.panel.locator('canvas').first().waitFor();
    await studio.page.reload();
    await studio.panel.getByRole('img', { name: basename(street()) }).waitFor();
    await studio.panel.locator('canvas').first().waitFor();
    await studio.show('Classify');
    await eventually(() => studio.classes.count()).toBe(5);
    await studio.page.goBack();
    await studio.page.goBack();
    await studio.page.getByRole('heading', { name: 'What is it?' }).waitFor();
  });

  it('keeps a job and its comparison over a reload, in the middle and at the end', async () => {
    const studio = await open();
    await studio.show('Super resolution');
    await studio.choose(pngFile(await picture({ seed: 41, width: 900, height: 700 })));
    await studio.button('Enlarge').click();
    await studio.button('Cancel').waitFor();
    expect(hash(studio)).toMatch(/^#super-resolution\/sr-/);
    await studio.page.reload();
    await studio.panel.getByRole('img', { name: /^After/ }).waitFor({ timeout: 60_000 });
    await studio.panel.getByRole('img', { name: /^Before/ }).waitFor();
    await studio.page.reload();
    await studio.panel.getByRole('img', { name: /^After/ }).waitFor();
    await studio.panel.getByRole('img', { name: /^Before/ }).waitFor();
    await studio.page.goBack();
    await studio.button('Enlarge').waitFor();
  }, 90_000);

  it('goes on without a place to keep pictures, and says so', async () => {
    const { browser, service } = stage();
    const context = await browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', {
        value: {
          open: () => {
            throw new DOMException('No.', 'SecurityError');
          },
        },
      });
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(street());
    await page.getByText('This browser does not let the page keep pictures').waitFor();
    await page.getByRole('list', { name: 'Classes' }).waitFor();
    await context.close();
  });
});
