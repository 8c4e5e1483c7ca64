/** What is told before a picture is sent, many pictures at once, and pictures by their address. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../kit/chromium.js';
import { picture, pictureOf, pngFile } from '../../kit/service-pictures.js';
import { startService, type TestService } from '../../kit/service.js';
import { seriousFindings } from './accessibility.js';
import { sampleFiles, street, things } from './pictures.js';
import { PHONE, Studio, type StudioOptions } from './studio.js';
import { eventually } from './suite.js';

const LIMITS = {
  MAX_UPLOAD_BYTES: '300000',
  MAX_IMAGE_PIXELS: '1000000',
  MAX_SUPER_RESOLUTION_PIXELS: '10000',
};

describe.skipIf(inject('chromium') === null)('Studio: pictures that come', () => {
  let browser: Browser;
  let service: TestService;
  let images: Server;
  let store: string;
  beforeAll(async () => {
    const bytes = await readFile(street());
    images = createServer((request, response) => {
      if (request.url === '/street.jpg') response.end(bytes);
      else if (request.url === '/text') response.end('<html>nothing to see</html>');
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(images, 'listening');
    const host = `127.0.0.1:${(images.address() as AddressInfo).port}`;
    store = `http://${host}`;
    browser = await launchChromium();
    service = await startService({ env: { ...LIMITS, URL_EXEMPT_HOSTS: host } });
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
    images.closeAllConnections();
    images.close();
  });
  const open = (options: StudioOptions = {}, hash = ''): Promise<Studio> =>
    Studio.open(browser, `${service.url}/${hash}`, options);
  const onStage = ({ panel }: Studio) => panel.locator('.change-what');

  describe('and are too large', () => {
    it('in bytes: says so as people do before sending, and takes a smaller copy', async () => {
      const studio = await open();
      const noisy = await pictureOf({ width: 900, height: 700 }).png({ compressionLevel: 0 }).toBuffer();
      const kinds: (string | undefined)[] = [];
      studio.page.on('request', (request) => kinds.push(request.headers()['content-type']));
      await studio.choose(pngFile(noisy, 'large.png'));
      await studio.problem
        .getByText('This picture has 1.9 MB, and the service takes at most 300 kB.')
        .waitFor();
      expect(kinds.filter((kind) => kind?.startsWith('multipart/'))).toEqual([]);
      expect(await studio.button('Try again').count()).toBe(0);
      await studio.button('Scale it down for me').click();
      await eventually(() => studio.classes.count()).toBe(5);
      expect(await onStage(studio).textContent()).toMatch(/^large-\d+x\d+\.png \d+ × \d+ · \d+ kB$/);
    });

    it('in pixels: keeps the shape', async () => {
      const studio = await open({ viewport: PHONE, colorScheme: 'dark' });
      const wide = await pictureOf({ width: 3000, height: 500 }).jpeg({ quality: 40 }).toBuffer();
      await studio.choose({ bytes: wide, name: 'wide.jpg', type: 'image/jpeg' });
      await studio.problem
        .getByText('This picture has 1.5 megapixels, and the service takes at most 1 megapixel.')
        .waitFor();
      expect(await seriousFindings(studio.page)).toEqual([]);
      await studio.button('Scale it down for me').click();
      await eventually(() => studio.classes.count()).toBe(5);
      const words = (await onStage(studio).textContent()) ?? '';
      const [, width, height] = (/ (\d+) × (\d+) ·/.exec(words) ?? []).map(Number);
      expect((width ?? 0) / (height ?? 1)).toBeCloseTo(6, 1);
      expect((width ?? 0) * (height ?? 0)).toBeLessThanOrEqual(1_000_000);
    });

    it('for super resolution: offers a copy, and Back leads to the picture itself', async () => {
      const studio = await open({}, '#super-resolution');
      await studio.choose(pngFile(await picture({ seed: 40 })));
      await studio.problem
        .getByText('This picture has 19,200 pixels, and super resolution takes at most 10,000 pixels.')
        .waitFor();
      expect(await studio.button('Enlarge').isDisabled()).toBe(true);
      await studio.button('Scale it down for me').click();
      await onStage(studio).getByText('115 × 86').waitFor();
      await studio.button('Enlarge').click();
      await studio.panel.getByRole('img', { name: /^After/ }).waitFor();
      await studio.page.goBack();
      await studio.page.goBack();
      await onStage(studio).getByText('160 × 120').waitFor();
    });

    it('and cannot be read by the browser: the service says what is wrong', async () => {
      const studio = await open();
      await studio.choose({ bytes: Buffer.alloc(400_000, 1), name: 'no.png', type: 'image/png' });
      await studio.button('Scale it down for me').click();
      await studio.problem.getByText('This browser cannot make the picture smaller.').waitFor();
      expect(await studio.button('Try again').count()).toBe(0);
    });
  });

  describe('several at a time', () => {
    const FOUR = [...sampleFiles('classification').slice(0, 3), things()];

    const choose = async (studio: Studio, files: readonly string[]): Promise<void> => {
      const chooser = studio.page.waitForEvent('filechooser');
      await studio.button('Choose a file').click();
      await (await chooser).setFiles([...files]);
    };
    const options = ({ panel }: Studio) =>
      panel.getByRole('listbox', { name: 'Pictures that were chosen together' }).getByRole('option');

    it('are a strip with short answers, gone through by arrow keys', async () => {
      const studio = await open();
      await choose(studio, FOUR);
      await studio.panel.getByText('All 4 answered').waitFor();
      // Until its thumbnail is there, a picture shows its kind.
      await eventually(() => options(studio).allTextContents()).toEqual([
        'banana.jpgbanana 80 %',
        expect.stringMatching(/^coffee-mug\.jpgwater jug\? 16 %/),
        'orange.jpgorange 89 %',
        expect.stringMatching(/^car-park\.jpg/),
      ]);
      await onStage(studio).getByText('banana.jpg').waitFor();
      await options(studio).first().click();
      await studio.page.keyboard.press('ArrowRight');
      await onStage(studio).getByText('coffee-mug.jpg').waitFor();
      await studio.page.keyboard.press('ArrowRight');
      await onStage(studio).getByText('orange.jpg').waitFor();
      await studio.classes.first().getByText('orange').waitFor();
      expect(await seriousFindings(studio.page)).toEqual([]);
    });

    it('stay over other views, and over a reload', async () => {
      const studio = await open({ viewport: PHONE, colorScheme: 'dark' });
      await choose(studio, FOUR);
      await studio.panel.getByText('All 4 answered').waitFor();
      await options(studio).last().click();
      await studio.show('Detect');
      await onStage(studio).getByText('car-park.jpg').waitFor();
      await eventually(() => options(studio).last().textContent()).toContain('2 × car');
      expect(await seriousFindings(studio.page)).toEqual([]);
      await studio.page.reload();
      await onStage(studio).getByText('car-park.jpg').waitFor();
      await eventually(() => options(studio).count()).toBe(4);
    });

    it('are saved as one table', async () => {
      const studio = await open({}, '#detect');
      await choose(studio, [FOUR[0] ?? '', things()]);
      await studio.panel.getByText('All 2 answered').waitFor();
      const download = studio.page.waitForEvent('download');
      await studio.button('Save as CSV').click();
      const saved = await download;
      expect(saved.suggestedFilename()).toBe('okulo-detect.csv');
      const lines = (await readFile(await saved.path(), 'utf8')).trimEnd().split('\n');
      expect(lines[0]).toBe('file,label,score,x,y,width,height,model');
      expect(lines[1]).toMatch(/^banana\.jpg,*$/);
      expect(lines.slice(2)).toEqual(
        Array(2).fill(expect.stringMatching(/^car-park\.jpg,car,0\.6.*builtin-detector$/)),
      );
    });

    it('are answered where some are none: those say so, the others are not held up', async () => {
      const studio = await open();
      const chooser = studio.page.waitForEvent('filechooser');
      await studio.button('Choose a file').click();
      const files = await Promise.all(
        FOUR.slice(0, 2).map(async (path, index) => ({
          name: `${index}.jpg`,
          mimeType: 'image/jpeg',
          buffer: await readFile(path),
        })),
      );
      await (
        await chooser
      ).setFiles([
        ...files,
        { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') },
      ]);
      await studio.panel.getByText('All 3 answered').waitFor();
      expect(await options(studio).last().textContent()).toBe('TXTnotes.txtBAD_IMAGE');
      await options(studio).last().click();
      await studio.panel.getByText('There is nothing to see of notes.txt').waitFor();
      await studio.problem.getByText('it is a text file').waitFor();
      await options(studio).first().click();
      await eventually(() => studio.classes.count()).toBe(5);
    });

    it('are all taken where the first is none', async () => {
      const studio = await open();
      const chooser = studio.page.waitForEvent('filechooser');
      await studio.button('Choose a file').click();
      const good = { mimeType: 'image/png', buffer: await picture({ seed: 5 }) };
      const nothing = { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) };
      await (await chooser).setFiles([nothing, { name: 'a.png', ...good }]);
      await studio.panel.getByText('All 2 answered').waitFor();
      expect(await options(studio).allTextContents()).toEqual([
        expect.stringMatching(/empty\.jpgBAD_IMAGE$/),
        expect.stringMatching(/^a\.png.+%$/),
      ]);
      await studio.panel.getByText('There is nothing to see of empty.jpg').waitFor();
    });

    it('stand upright, however they are stored', async () => {
      const studio = await open();
      const chooser = studio.page.waitForEvent('filechooser');
      await studio.button('Choose a file').click();
      const lying = await pictureOf({ width: 300, height: 200 })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const file = { mimeType: 'image/jpeg', buffer: lying };
      await (
        await chooser
      ).setFiles([
        { name: 'a.jpg', ...file },
        { name: 'b.jpg', ...file },
      ]);
      const thumbnail = options(studio).last().locator('img');
      await thumbnail.waitFor();
      const shape = ({ naturalWidth, naturalHeight }: { naturalWidth: number; naturalHeight: number }) =>
        naturalWidth / naturalHeight;
      await eventually(() => thumbnail.evaluate(shape)).toBeCloseTo(2 / 3, 1);
    });

    it('wait for a service that has too much to do', async () => {
      const studio = await open();
      let refusals = 0;
      await studio.page.route('**/graphql', async (route) => {
        const isClassify = route.request().postData()?.includes('mutation Classify') ?? false;
        if (!isClassify || refusals >= 3) return route.fallback();
        refusals += 1;
        const extensions = { code: 'OVERLOADED', retryAfterMs: 50 };
        return route.fulfill({ json: { errors: [{ message: 'Too much to do.', extensions }] } });
      });
      await choose(studio, FOUR);
      await studio.panel.getByText('All 4 answered').waitFor();
      expect(refusals).toBe(3);
      expect(await options(studio).filter({ hasText: 'OVERLOADED' }).count()).toBe(0);
    });
  });

  describe('by an address', () => {
    const enter = async ({ page }: Studio, address: string): Promise<void> => {
      await page.getByRole('textbox', { name: 'Address of a picture' }).fill(address);
      await page.getByRole('button', { name: 'Fetch it' }).click();
    };

    it('are fetched by the service, shown, answered, and still there after a reload', async () => {
      const studio = await open();
      await enter(studio, `${store}/street.jpg`);
      await eventually(() => studio.classes.count()).toBe(5);
      await studio.panel.getByRole('img', { name: 'Your picture, street.jpg' }).waitFor();
      await studio.page.reload();
      await eventually(() => studio.classes.count()).toBe(5);
      await studio.show('Detect');
      await studio.panel.getByRole('option', { name: /car/ }).first().waitFor();
      await studio.button('Request').click();
      await studio.panel.getByText(`"url": "${store}/street.jpg"`).first().waitFor();
    });

    it('are taken when they are pasted', async () => {
      const studio = await open();
      await studio.page.evaluate(`{
        const data = new DataTransfer();
        data.setData('text/plain', ' ${store}/street.jpg\\n');
        document.body.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
      }`);
      await studio.panel.getByRole('img', { name: 'Your picture, street.jpg' }).waitFor();
    });

    it('say what an address is when another kind is pasted', async () => {
      const studio = await open();
      const paste = (text: string) =>
        studio.page.evaluate(`{
          const data = new DataTransfer();
          data.setData('text/plain', ${JSON.stringify(text)});
          document.body.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          );
        }`);
      await paste('Some words: of a letter');
      expect(await studio.problem.count()).toBe(0);
      await paste('www.example.com/street.jpg');
      await studio.problem.getByText('An address begins with https:// or http://.').waitFor();
    });

    it.each([
      ['what is no address', 'street.jpg', 'An address begins with https:// or http://.'],
      ['another kind of address', 'file:///etc/passwd', 'An address begins with https:// or http://.'],
    ])('refuses %s before asking', async (_what, address, words) => {
      const studio = await open();
      await enter(studio, address);
      await studio.page.getByText(words).waitFor();
      expect(await seriousFindings(studio.page)).toEqual([]);
    });

    it('says what is wrong with what is behind one', async () => {
      const studio = await open();
      await enter(studio, `${store}/none.jpg`);
      await studio.problem.getByText('IMAGE_FETCH_FAILED').waitFor();
      await studio.button('Try again').waitFor();
      await enter(studio, `${store}/text`);
      await studio.problem.getByText('BAD_IMAGE').waitFor();
      await enter(studio, 'http://127.0.0.1:9/x.png');
      await studio.problem.getByText('URL_FORBIDDEN').waitFor();
      expect(await studio.button('Try again').count()).toBe(0);
    });
  });
});
