/** The models of the page: what can be used, what can be had, and what is said beside an answer. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Browser, Locator } from 'playwright-core';
import { launchChromium } from '../../kit/chromium.js';
import { missing, startModelPublisher, type ModelPublisher } from '../../kit/model-publisher.js';
import { startService, type TestService } from '../../kit/service.js';
import { seriousFindings } from './accessibility.js';
import { PHONE, Studio, type StudioOptions } from './studio.js';
import { eventually } from './suite.js';

describe.skipIf(inject('chromium') === null)('Studio: models', () => {
  let browser: Browser;
  let publisher: ModelPublisher;
  let service: TestService;
  beforeAll(async () => {
    publisher = await startModelPublisher({
      'mobilenet-v3-small': { unsureBelow: 1, notes: 'It is small.' },
    });
    // Nobody answers at first.
    publisher.answer = (response) => response.destroy();
    browser = await launchChromium();
    service = await startService({ env: publisher.env() });
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
    await publisher.stop();
  });
  const open = (options: StudioOptions = {}, hash = ''): Promise<Studio> =>
    Studio.open(browser, `${service.url}/${hash}`, options);
  const line = ({ panel }: Studio, title: string): Locator =>
    panel.locator('.missing', { has: panel.page().getByRole('button', { name: title, exact: true }) });

  it('shows those that can be used, and those that cannot in a line each, with one word on the network', async () => {
    const studio = await open({}, '#models');
    const { panel } = studio;
    await panel.getByText('This service has no network at the moment').waitFor();
    const task = panel.getByRole('region', { name: 'Classify' });
    const card = task.getByRole('article', { name: /^Built-in classifier/ });
    await card.getByText('knows 200 things').waitFor();
    for (const fact of ['64 × 64 pixels', '50 megapixels', 'below 34 %', 'Tiny ImageNet'])
      await card.getByText(fact).waitFor();
    expect(
      await task
        .getByText(/could not be downloaded/)
        .filter({ visible: true })
        .count(),
    ).toBe(0);
    await eventually(() => panel.getByRole('button', { name: /^Get/ }).count()).toBe(6);
    await panel.getByRole('button', { name: 'Published mobilenet-v3-small', exact: true }).click();
    await task.getByText('npx okulo models prepare mobilenet-v3-small').waitFor();
    await task
      .getByText(/could not be downloaded/)
      .filter({ visible: true })
      .waitFor();
    expect(await seriousFindings(studio.page)).toEqual([]);
  });

  it('lets the classes of a model be searched', async () => {
    const { panel, page } = await open({ viewport: PHONE, colorScheme: 'dark' }, '#models');
    const card = panel.getByRole('article', { name: /^Built-in classifier/ });
    await card.getByRole('button', { name: 'What it knows' }).click();
    await card.getByText('200 classes').waitFor();
    await card.getByRole('searchbox').fill('BALL rug');
    await eventually(() => card.getByRole('listitem').allTextContents()).toEqual(['rugby ball']);
    await card.getByRole('searchbox').fill('no such thing');
    await card.getByText('0 of 200').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('leads from a model to its view', async () => {
    const { page, panel } = await open({}, '#models');
    await panel
      .getByRole('article', { name: /^Built-in detector/ })
      .getByRole('button', { name: /^Try it/ })
      .click();
    await panel.getByRole('heading', { name: 'What is where?' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#detect/builtin-detector');
  });

  it('offers samples that the default model of the view has an answer to', async () => {
    const studio = await open();
    const samples = studio.panel.getByRole('region', { name: 'Samples' }).getByRole('button');
    await eventually(() => samples.allTextContents()).toEqual(['banana', 'orange', 'teapot']);
    const last = await samples.last().boundingBox();
    expect(last && last.y + last.height).toBeLessThan(800);
    await studio.show('Detect');
    await eventually(() => samples.allTextContents()).toEqual(['car park', 'street']);
  });

  describe('that are fetched', () => {
    // They follow each other: what the first one did not get, the second one gets.
    const better = ({ panel }: Studio): Locator => panel.locator('.better-model');
    afterEach(() => {
      publisher.answer = missing;
    });

    it('names the better one beneath an answer, and says why it cannot be had', async () => {
      const studio = await open();
      await studio.panel.getByRole('button', { name: 'orange' }).click();
      await studio.panel.getByText('knows 200 things').waitFor();
      await better(studio).getByText('Published mobilenet-v3-small does this better.').waitFor();
      publisher.answer = missing;
      await better(studio)
        .getByRole('button', { name: /^Get it/ })
        .click();
      await better(studio)
        .getByRole('alert')
        .getByText(/^It could not be fetched just now\..*404/)
        .waitFor();
    });

    it('shows how far it is, and asks it once it is there', async () => {
      const studio = await open();
      const other = await open({}, '#models');
      await studio.panel.getByRole('button', { name: 'orange' }).click();
      const release = publisher.sendInHalves();
      await better(studio)
        .getByRole('button', { name: /^Get it/ })
        .click();
      const bar = better(studio).getByRole('progressbar', { name: 'Getting Published mobilenet-v3-small' });
      await eventually(() => bar.getAttribute('aria-valuetext')).toBe('Fetching, 50 %');
      // Whoever looks at the models sees it too.
      await line(other, 'Published mobilenet-v3-small').getByText('Fetching, 50 %').waitFor();
      release();
      await other.panel.getByRole('article', { name: 'Published mobilenet-v3-small' }).waitFor();
      await better(studio)
        .getByRole('button', { name: /^Ask it/ })
        .click();
      await studio.panel.getByText('It is small.').waitFor();
      expect(new URL(studio.page.url()).hash).toBe('#classify/mobilenet-v3-small');
      // It says of itself that it is never sure.
      await studio.panel.getByText('Not sure. Closest:').waitFor();
      await studio.page.getByRole('status').getByText('Not sure. Closest: orange').waitFor();
      expect(await seriousFindings(studio.page)).toEqual([]);
    });
  });

  it('leads back from a model that there is not', async () => {
    const studio = await open({}, '#detect/nope');
    await studio.panel.getByRole('button', { name: 'street' }).click();
    await studio.problem.getByText('nope').waitFor();
    const choice = studio.panel.getByRole('combobox', { name: 'Model' });
    expect(await choice.inputValue()).toBe('nope');
    await choice.selectOption('');
    await studio.panel.getByRole('option', { name: /car/ }).first().waitFor();
    expect(new URL(studio.page.url()).hash).toBe('#detect');
  });

  it('says what to run where the service fetches nothing', async () => {
    const off = await startService({ env: { ...publisher.env(), MODEL_DOWNLOADS: 'off' } });
    const studio = await Studio.open(browser, `${off.url}/#models`);
    await studio.panel.getByRole('button', { name: /^Get/ }).first().click();
    await studio.problem.getByText('okulo models prepare').waitFor();
    await studio.problem.getByText('MODEL_DOWNLOADS=off').waitFor();
    await studio.page.goto('about:blank');
    await off.stop();
  });
});
