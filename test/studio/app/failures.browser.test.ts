import { afterAll, expect, it } from 'vitest';
import { startService, type TestService } from '../../kit/service.js';
import { picture, pngFile } from '../../kit/service-pictures.js';
import { waysHere } from '../../kit/ways.js';
import { street } from './pictures.js';
import { Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

/** What Chromium and React say of a file that does not come. */
const NOT_FETCHED = /ERR_FAILED|dynamically imported module|Unable to preload/;

studioSuite({ title: 'Studio: a part that does not come', ways: waysHere() }, (stage) => {
  const open = (hash = '') =>
    Studio.open(stage().browser, `${stage().service.url}/${hash}`, { allow: NOT_FETCHED });

  it('says so in its place, leaves the rest as it is, and can be tried again', async () => {
    const studio = await open();
    const { page, panel } = studio;
    await studio.choose(street());
    await eventually(() => studio.classes.count()).toBe(5);
    await page.route(/road-view-[^/]*\.js$/, (route) => route.abort());
    await studio.show('Road');
    await studio.problem.getByText('This view cannot be loaded').waitFor();
    expect(await studio.button('Load the page again').count()).toBe(0);
    await studio.show('Classify');
    expect(await studio.classes.count()).toBe(5);
    await page.unrouteAll();
    await studio.show('Road');
    await studio.button('Try again').click();
    await panel.getByRole('img', { name: 'street.jpg' }).waitFor();
  });

  it('offers to load the page again where trying again was in vain', async () => {
    const studio = await open();
    const { page } = studio;
    await page.route(/road-view-[^/]*\.js$/, (route) => route.abort());
    await studio.show('Road');
    await studio.button('Try again').click();
    await studio.button('Load the page again').waitFor();
    await page.unrouteAll();
    await studio.button('Load the page again').click();
    await page.getByRole('heading', { name: 'Where is the road?' }).waitFor();
  });

  it('comes by itself when the page is looked at again', async () => {
    const studio = await open();
    const { page } = studio;
    await page.route(/road-view-[^/]*\.js$/, (route) => route.abort());
    await studio.show('Road');
    await studio.problem.getByText('This view cannot be loaded').waitFor();
    await page.unrouteAll();
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.getByRole('heading', { name: 'Where is the road?' }).waitFor();
  });

  it('shows a result by itself while the comparison cannot be loaded', async () => {
    const studio = await open('#super-resolution');
    const { page, panel } = studio;
    await page.route(/compare-[^/]*\.js$/, (route) => route.abort());
    await studio.choose(pngFile(await picture({ seed: 500 })));
    await studio.button('Enlarge').click();
    await studio.problem.getByText('The comparison cannot be loaded').waitFor();
    await panel.getByRole('img', { name: 'The result, four times as large' }).waitFor();
    await page.unrouteAll();
    await studio.button('Try again').click();
    await panel.getByRole('img', { name: /^After/ }).waitFor();
  });
});

studioSuite('Studio: a service that goes away', (stage) => {
  let successor: TestService | undefined;
  afterAll(() => successor?.stop());

  it('says that it cannot be reached, and goes on once it is back', async () => {
    const { browser, service } = stage();
    const studio = await Studio.open(browser, `${service.url}/`, { allow: /ERR_CONNECTION_REFUSED/ });
    await studio.choose(street());
    await eventually(() => studio.classes.count()).toBe(5);
    await service.kill();
    await studio.button('Classify').click();
    await studio.problem.getByText('The service cannot be reached').waitFor();
    expect(await studio.classes.count()).toBe(0);
    const { port } = new URL(service.url);
    successor = await startService({ env: { PORT: port } });
    await studio.button('Try again').click();
    await eventually(() => studio.classes.count()).toBe(5);
    expect(await studio.problem.count()).toBe(0);
  });
});
