import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly version: string;
  readonly pins: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
const dependencies = {
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.devDependencies,
};

describe('a version that is held back', () => {
  const held = [
    ...Object.keys(manifest.overrides),
    ...Object.entries(dependencies).flatMap(([name, range]) => (range.startsWith('^') ? [] : [name])),
  ];

  it.each(held)('%s has its reason beside it, in pins', (name) => {
    expect(manifest.pins[name]).toMatch(/\w+ \w+/);
  });

  it('is still there where a reason is given', () => {
    const known = new Set([...Object.keys(dependencies), ...Object.keys(manifest.overrides)]);
    expect(Object.keys(manifest.pins).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the changelog', () => {
  it('has what is not released yet, and this version next', async () => {
    const headings = (await readFile('CHANGELOG.md', 'utf8')).match(/^## .*$/gm);
    expect(headings?.[0]).toBe('## [Unreleased]');
    expect(headings?.[1]).toMatch(
      new RegExp(`^## \\[${manifest.version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`),
    );
  });
});
