import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const report = z.array(
  z.object({ id: z.string(), impact: z.string().nullish(), targets: z.array(z.string()) }),
);

/** What axe finds wrong with the page as it is, and calls serious or critical. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // By the developer's tools: the page's own policy lets no such script in.
  await page.evaluate(`${axe.source}; undefined`);
  const found: unknown = await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(
    ({ violations }) => violations.map(({ id, impact, nodes }) => ({
      id, impact, targets: nodes.map(({ target }) => String(target)),
    })),
  )`);
  return report
    .parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, targets }) => `${id}: ${targets.join(' | ')}`);
}
