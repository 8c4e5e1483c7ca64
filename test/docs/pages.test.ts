/** What the documents are like, beside their commands. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, test } from 'vitest';
import { readManifests } from '../../src/registry/manifest.js';
import { nextSteps } from '../../src/next-steps.js';
import { PAGES } from './blocks.js';

const read = (page: string) => readFileSync(page, 'utf8');

test('the README is short', () => {
  expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(9000);
});

test('the README names the next steps that the start screen, the help and Studio name', () => {
  for (const { what, how } of nextSteps()) {
    expect(read('README.md')).toContain(`**${what}**`);
    expect(read('README.md')).toContain(how);
  }
});

test('every page of docs/ is in its index', () => {
  const pages = PAGES.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
  const index = read('docs/README.md');
  expect(pages.filter((page) => !index.includes(`](${page.slice('docs/'.length)})`))).toEqual([]);
});

it.each(PAGES)('%s leads to files and headings that are there', (page) => {
  const dead = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(https?|mailto):/.test(target))
    .filter((target) => !leadsSomewhere(page, target));
  expect(dead).toEqual([]);
});

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? page : join(dirname(page), decodeURI(path));
  if (!existsSync(file)) return false;
  return heading === undefined || anchorsOf(read(file)).includes(heading);
}

/** Headings as the pages' addresses name them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('the entry that docs/models.md begins with is the one of examples/bring-your-own', async () => {
  const [, block = ''] = /^```json\n([^]*?)^```$/m.exec(read('docs/models.md')) ?? [];
  const shown: unknown = JSON.parse(block);
  const [entry] = await readManifests(['examples/bring-your-own/manifest.json']);
  expect(shown).toMatchObject({
    models: [{ id: entry?.id, files: entry?.files, labels: entry?.labels, output: entry?.output }],
  });
});
