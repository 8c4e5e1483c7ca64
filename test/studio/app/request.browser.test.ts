/** The request of a view: its languages, and the way into GraphiQL. */
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { picture, pngFile } from '../../kit/service-pictures.js';
import { seriousFindings } from './accessibility.js';
import { street } from './pictures.js';
import { PHONE, Studio, type StudioOptions } from './studio.js';
import { eventually, studioSuite } from './suite.js';

const LOOKS = [
  { name: 'desktop in light', look: {} },
  { name: 'phone in dark', look: { viewport: PHONE, colorScheme: 'dark' } },
] as const;

studioSuite(
  { title: 'Studio: requests', ways: ['directly', 'behind nginx that strips a prefix'] },
  (stage) => {
    const open = (options: StudioOptions = {}, hash = ''): Promise<Studio> =>
      Studio.open(stage().browser, `${stage().service.url}/${hash}`, options);

    /** Opens GraphiQL by the link of the request. */
    const inGraphiql = async ({ page, panel }: Studio, region: string): Promise<Page> => {
      const opened = page.context().waitForEvent('page');
      await panel
        .getByRole('region', { name: region, exact: true })
        .getByRole('link', { name: 'Open in GraphiQL' })
        .click();
      const graphiql = await opened;
      await graphiql.locator('.graphiql-editor .monaco-editor').first().waitFor();
      return graphiql;
    };
    const run = async (graphiql: Page): Promise<void> => {
      await graphiql.getByRole('button', { name: /^Execute query/ }).click();
    };
    const response = (graphiql: Page) => graphiql.locator('.graphiql-response .view-lines');

    it.each(LOOKS)('are shown in four languages, to go through by arrow keys ($name)', async ({ look }) => {
      const studio = await open(look);
      await studio.choose(street());
      await eventually(() => studio.classes.count()).toBe(5);
      await studio.button('Request').click();
      const { page } = studio;
      const shown = (title: string) => page.getByRole('group', { name: title }).waitFor();
      await shown('Classify, GraphQL');
      await page.getByRole('tab', { name: 'GraphQL' }).focus();
      for (const title of ['curl', 'TypeScript', 'Python']) {
        await page.keyboard.press('ArrowRight');
        await shown(`Classify, ${title}`);
        expect(await seriousFindings(page)).toEqual([]);
      }
    });

    it('open in GraphiQL with their file, beside the tabs that are there', async () => {
      const studio = await open();
      await studio.choose(street());
      await eventually(() => studio.classes.count()).toBe(5);
      await studio.button('Request').click();
      const first = await inGraphiql(studio, 'Classify');
      await first.locator('.graphiql-tab-active').getByText('Classify', { exact: true }).waitFor();
      expect(await first.locator('button.graphiql-tab-button').count()).toBeGreaterThan(5);
      expect(new URL(first.url()).hash).toBe('');
      await run(first);
      await response(first).getByText('"labels"').waitFor();
      await first.close();

      await studio.show('Detect');
      await studio.panel.getByRole('option').first().waitFor();
      await studio.button('Request').click();
      const second = await inGraphiql(studio, 'DetectObjects');
      await second.locator('.graphiql-tab-active').getByText('DetectObjects', { exact: true }).waitFor();
      await second.getByRole('button', { name: 'Show Files' }).click();
      await second.getByText('@street.jpg', { exact: true }).waitFor();
      await run(second);
      await response(second).getByText('"car"').first().waitFor();
    });

    it('lead to a job in GraphiQL, where it is followed', async () => {
      const studio = await open({}, '#super-resolution');
      await studio.choose(pngFile(await picture({ seed: 77 })));
      await studio.button('Enlarge').click();
      await studio.panel.getByRole('link', { name: 'Download' }).waitFor();
      await studio.button('Request').click();
      const graphiql = await inGraphiql(studio, 'JobUpdated');
      await run(graphiql);
      await response(graphiql).getByText('"COMPLETED"').waitFor();
    });
  },
);
