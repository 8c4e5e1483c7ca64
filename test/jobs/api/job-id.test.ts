import { expect, test } from 'vitest';
import { isObjectKey } from '../../../src/storage/keys.js';
import { keysOf } from '../../../src/jobs/shared/contract.js';
import { payload } from '../states.js';
import { isJobId, jobIdOf, type JobIdentity } from '../../../src/jobs/api/job-id.js';

const IDENTITY: JobIdentity = {
  owner: 'anna',
  imageSha256: 'a'.repeat(64),
  modelDigest: 'd'.repeat(64),
  format: 'PNG',
  idempotencyKey: undefined,
};

function id(more: Partial<JobIdentity> = {}): string {
  return jobIdOf({ ...IDENTITY, ...more });
}

test('the same request has the same id', () => {
  expect(id()).toBe(id());
});

test.each<[string, Partial<JobIdentity>]>([
  ['owner', { owner: 'bert' }],
  ['image', { imageSha256: 'b'.repeat(64) }],
  ['model', { modelDigest: 'e'.repeat(64) }],
  ['format', { format: 'WEBP' }],
  ['idempotency key', { idempotencyKey: 'monday' }],
])('another %s has another id', (_what, change) => {
  expect(id(change)).not.toBe(id());
});

test('the same idempotency key has the same id, whatever is asked with it', () => {
  const other = { imageSha256: 'b'.repeat(64), modelDigest: 'e'.repeat(64), format: 'JPEG' };
  expect(id({ idempotencyKey: 'monday', ...other })).toBe(id({ idempotencyKey: 'monday' }));
});

test('owners do not share idempotency keys', () => {
  expect(id({ idempotencyKey: 'monday', owner: 'bert' })).not.toBe(id({ idempotencyKey: 'monday' }));
});

test('a key cannot be made up that stands for the content of another request', () => {
  const content = JSON.stringify([IDENTITY.imageSha256, IDENTITY.modelDigest, IDENTITY.format]);
  expect(id({ idempotencyKey: content })).not.toBe(id());
});

test('parts of an identity do not run into each other', () => {
  expect(id({ owner: 'an', idempotencyKey: 'na' })).not.toBe(id({ owner: 'ann', idempotencyKey: 'a' }));
});

test('an id is no number to the queue and a segment to the store', () => {
  expect(id()).toMatch(/^sr-[0-9a-f]{32}$/);
  expect(isObjectKey(keysOf(id(), payload()).output)).toBe(true);
});

test('a text is taken for a job id only when it could be one', () => {
  expect(isJobId(`sr-${'0123456789abcdef'.repeat(2)}`)).toBe(true);
  for (const text of [
    '',
    'sr-',
    'a\u0000',
    `sr-${'0'.repeat(31)}`,
    `sr-${'0'.repeat(32)}\n`,
    `SR-${'0'.repeat(32)}`,
  ]) {
    expect(isJobId(text), JSON.stringify(text)).toBe(false);
  }
});
