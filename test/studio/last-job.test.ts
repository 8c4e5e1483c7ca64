import { readFileSync } from 'node:fs';
import type { Fetcher } from '@graphiql/toolkit';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { LastJob, notingJobs, PLACEHOLDER } from '../../src/studio/graphiql/last-job.js';

function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  };
}

const variables = (id: string) => `{ "id": "${id}", "preview": true }`;

describe('LastJob', () => {
  it('is filled in where an example wants one, and where an earlier one stands', () => {
    const lastJob = new LastJob(storage());
    expect(lastJob.filledIn(variables(PLACEHOLDER))).toBeUndefined();
    lastJob.note('sr-1');
    expect(lastJob.filledIn(variables(PLACEHOLDER))).toBe(variables('sr-1'));
    lastJob.note('sr-2');
    expect(lastJob.filledIn(variables('sr-1'))).toBe(variables('sr-2'));
  });

  it('leaves what somebody has typed', () => {
    const lastJob = new LastJob(storage());
    lastJob.note('sr-1');
    for (const typed of [variables('sr-9'), '{ "id": "builtin-road" }', '{}', '', '{"id":']) {
      expect(lastJob.filledIn(typed)).toBeUndefined();
    }
  });

  it('is known on the next visit', () => {
    const kept = storage();
    new LastJob(kept).note('sr-1');
    expect(new LastJob(kept).id).toBe('sr-1');
  });

  it('tells who listens', () => {
    const lastJob = new LastJob(storage());
    let told = 0;
    const leave = lastJob.subscribe(() => (told += 1));
    lastJob.note('sr-1');
    leave();
    lastJob.note('sr-2');
    expect(told).toBe(1);
  });
});

describe('notingJobs', () => {
  it.each([
    ['a submitted job', { data: { superResolve: { id: 'sr-1' } } }, 'sr-1'],
    ['another answer', { data: { classify: { labels: [] } } }, undefined],
    ['an answer without the id', { data: { superResolve: { status: 'QUEUED' } } }, undefined],
    ['a refusal', { data: null, errors: [{ message: 'No.' }] }, undefined],
  ])('knows %s', async (_, answer, id) => {
    const lastJob = new LastJob(storage());
    await notingJobs((() => Promise.resolve(answer)) as Fetcher, lastJob)({ query: '' });
    expect(lastJob.id).toBe(id);
  });
});

it('the examples want an id by the placeholder', () => {
  const files = globSync('schema/operations/*job*.variables.json').filter(
    (file) => !/jobs\.|estimate-job\./.test(file),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expect(readFileSync(file, 'utf8')).toContain(PLACEHOLDER);
});
