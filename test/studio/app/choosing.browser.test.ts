import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { picture, pictureOf, pngFile } from '../../kit/service-pictures.js';
import { SLOW_SUITES, waysHere } from '../../kit/ways.js';
import { focusedText, paste } from './in-page.js';
import { sampleFiles, street } from './pictures.js';
import { PHONE, Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

const [sample] = sampleFiles('classification');
const sampleName = basename(sample ?? '')
  .replace(/\.\w+$/, '')
  .replaceAll(/[_-]+/g, ' ');

studioSuite({ title: 'Studio: choosing a picture', ways: waysHere(SLOW_SUITES) }, (stage) => {
  const open = (options = {}) => Studio.open(stage().browser, `${stage().service.url}/`, options);

  it.skipIf(sample === undefined)('takes a sample', async () => {
    const studio = await open();
    await studio.button(sampleName).click();
    await eventually(() => studio.classes.count()).toBe(5);
    expect(await studio.page.title()).toBe('Classify · Okulo');
  });

  it.skipIf(sample === undefined)('takes a sample by the keyboard alone, and tells its classes', async () => {
    const studio = await open();
    const { page } = studio;
    const isThere = async () => (await focusedText(page)) === sampleName;
    for (let steps = 0; steps < 40 && !(await isThere()); steps += 1) await page.keyboard.press('Tab');
    expect(await isThere()).toBe(true);
    await page.keyboard.press('Enter');
    await eventually(() => studio.classes.count()).toBe(5);
    await page
      .getByRole('status')
      .filter({ hasText: /^It is .+ %$/ })
      .waitFor({ state: 'attached' });
    expect(await focusedText(page)).toBe('What is it?');
  });

  it.each(['no-preference', 'reduce'] as const)(
    'scrolls to the top of a phone when a picture is opened (motion: %s)',
    async (reducedMotion) => {
      const studio = await open({ viewport: PHONE });
      const { page } = studio;
      await page.emulateMedia({ reducedMotion });
      await page
        .getByRole('region', { name: /^Samples/ })
        .last()
        .getByRole('button')
        .last()
        .click();
      await studio.button('Change picture').waitFor();
      await eventually(() => page.evaluate('scrollY')).toBe(0);
    },
  );

  it('moves between the views by arrow keys', async () => {
    const studio = await open();
    const { page } = studio;
    await page.getByRole('tab', { name: 'Classify' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Where is the road?' }).waitFor();
    expect(await page.title()).toBe('Road · Okulo');
    expect(new URL(page.url()).hash).toBe('#road');
  });

  it('takes a file, and keeps it from view to view', async () => {
    const studio = await open({ viewport: PHONE });
    await studio.choose(street());
    await eventually(() => studio.classes.count()).toBe(5);
    for (const tab of ['Road', 'Detect', 'Super resolution', 'All at once']) {
      await studio.show(tab);
      await studio.panel.getByRole('img', { name: basename(street()) }).waitFor();
      await eventually(async () => {
        const box = await studio.page.getByRole('tab', { name: tab, exact: true }).boundingBox();
        return box !== null && box.x >= 0 && box.x + box.width <= PHONE.width;
      }).toBe(true);
    }
  });

  it('opens the view that its address names', async () => {
    const { browser, service } = stage();
    const studio = await Studio.open(browser, `${service.url}/#detect`);
    await studio.page.getByRole('heading', { name: 'What is where?' }).waitFor();
  });

  it('takes a pasted picture', async () => {
    const studio = await open();
    await paste(studio.page, await picture({ seed: 1 }), 'pasted.png');
    await studio.page.getByRole('img', { name: 'pasted.png' }).waitFor();
    await eventually(() => studio.classes.count()).toBe(5);
  });

  it.each([
    ['on the place for it', '.picker-drop'],
    ['anywhere else', '.top'],
  ])('takes a picture that is dropped %s', async (_where, target) => {
    const studio = await open();
    const box = await studio.page.locator(target).boundingBox();
    if (box === null) throw new Error('There is no place to drop it');
    const devtools = await studio.page.context().newCDPSession(studio.page);
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const data = { items: [], files: [street()], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
    }
    await studio.page.getByRole('img', { name: basename(street()) }).waitFor();
  });

  it('shows a TIFF, which the browser cannot, and classifies it', async () => {
    const studio = await open();
    const { default: sharp } = await import('sharp');
    const bytes = await sharp(await readFile(street()))
      .tiff()
      .toBuffer();
    await studio.choose({ bytes, name: 'street.tiff', type: 'image/tiff' });
    await studio.page.getByRole('img', { name: 'street.tiff' }).waitFor();
    await eventually(() => studio.classes.count()).toBe(5);
  });

  it('says what is wrong with a file that is no picture, and takes the next one', async () => {
    const studio = await open();
    await studio.choose({ bytes: Buffer.from('Once upon a time'), name: 'tale.txt', type: 'text/plain' });
    await studio.problem.getByText('BAD_IMAGE').waitFor();
    await studio.choose(pngFile(await pictureOf({ seed: 2 }).png().toBuffer()));
    await eventually(() => studio.classes.count()).toBe(5);
    expect(await studio.problem.count()).toBe(0);
  });

  it('refuses a file that is too large for the service, and keeps the earlier picture', async () => {
    const studio = await open({ allow: /status of 413/ });
    const { default: sharp } = await import('sharp');
    await studio.choose(street());
    await studio.button('Change picture').waitFor();
    const bytes = await sharp({ create: { width: 8000, height: 7000, channels: 3, background: 'grey' } })
      .tiff({ compression: 'deflate' })
      .toBuffer();
    await studio.choose({ bytes, name: 'wall.tiff', type: 'image/tiff' });
    await studio.problem.getByText('IMAGE_TOO_LARGE').waitFor();
    await studio.page.keyboard.press('Escape');
    await studio.panel.getByRole('img', { name: basename(street()) }).waitFor();
  });

  it('keeps the earlier picture when the next one is none, and says so', async () => {
    const studio = await open();
    await studio.choose(street());
    await studio.button('Change picture').waitFor();
    await studio.choose({ bytes: Buffer.from('no'), name: 'no.txt', type: 'text/plain' });
    await studio.problem.getByText('BAD_IMAGE').waitFor();
    await studio.page.keyboard.press('Escape');
    await studio.panel.getByRole('img', { name: basename(street()) }).waitFor();
  });
});
