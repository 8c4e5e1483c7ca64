import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { digestOfKey, newApiKey } from '../../../src/auth/api-key.js';
import { changeKeyFile } from '../../../src/auth/key-file.js';
import { picture, pngFile } from '../../kit/service-pictures.js';
import { waysHere } from '../../kit/ways.js';
import { Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

const key = newApiKey();
const folder = await mkdtemp(join(tmpdir(), 'okulo-studio-key-'));
const file = join(folder, 'keys.json');

beforeAll(() =>
  changeKeyFile(file, () => [
    { name: 'alice', sha256: digestOfKey(key), createdAt: new Date().toISOString() },
  ]),
);
afterAll(() => rm(folder, { recursive: true }));

studioSuite(
  { title: 'Studio: a service that asks for a key', env: { API_KEYS_FILE: file }, ways: waysHere() },
  (stage) => {
    it('takes a key, uses it for live updates too, and forgets it', async () => {
      const { browser, service } = stage();
      const studio = await Studio.open(browser, `${service.url}/`, { allow: /status of 401/ });
      const { page, panel } = studio;
      await studio.choose(pngFile(await picture({ seed: 400 })));
      await studio.problem.getByText('This service asks for an API key. Enter it here.').waitFor();
      await page.getByLabel('API key').fill('schlüssel');
      await studio.button('Use key').click();
      await studio.problem.getByText('A key has only letters, digits, - and _.').first().waitFor();
      await page.getByLabel('API key').fill(newApiKey());
      await page.getByText('A key has only letters').waitFor({ state: 'detached' });
      await studio.button('Use key').click();
      await studio.problem.getByText('This key is not valid, or no longer.').waitFor();
      await page.getByLabel('API key').fill(key);
      await studio.button('Change key').click();
      await eventually(() => studio.classes.count()).toBe(5);

      await studio.show('Super resolution');
      await studio.button('Enlarge').click();
      await panel.getByRole('link', { name: 'Download' }).waitFor();
      await page.reload();
      await studio.show('Jobs');
      await studio.jobs().waitFor();

      await studio.button('API key').click();
      await studio.button('Forget key').click();
      await studio.jobs().waitFor({ state: 'detached' });
      await studio.show('Models');
      await studio.problem.getByText('UNAUTHENTICATED').waitFor();
      await studio.button('API key').waitFor({ state: 'detached' });
    });
  },
);
