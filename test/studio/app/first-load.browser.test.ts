import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { studioSuite } from './suite.js';

/** The most that the page, its scripts, its styles and its fonts may come to on a first visit. */
const MAX_BYTES = 200_000;

studioSuite('Studio: the first visit', (stage) => {
  it(`fetches at most ${MAX_BYTES / 1000} kB, compressed`, async () => {
    const { browser, service } = stage();
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const fetched: Promise<{ readonly path: string; readonly bytes: number }>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const kind = response.request().resourceType();
      // Samples and answers are the service's content, and differ from one to the next.
      if (!['document', 'script', 'stylesheet', 'font'].includes(kind)) return;
      fetched.push(response.body().then((body) => ({ path: pathname, bytes: gzipSync(body).byteLength })));
    });
    await page.goto(`${service.url}/`, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
    const files = await Promise.all(fetched);
    expect(files.some(({ path }) => path.endsWith('.js'))).toBe(true);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes, JSON.stringify(files)).toBeLessThanOrEqual(MAX_BYTES);
  });
});
