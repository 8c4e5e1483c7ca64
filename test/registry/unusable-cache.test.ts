import { expect, test } from 'vitest';
import { cacheFault, UnusableCache } from '../../src/registry/unusable-cache.js';

const coded = (code: string) => Object.assign(new Error(`${code}: no`), { code });

test.each(['ENOSPC', 'EDQUOT'])('%s: there is no room, and what to do', (code) => {
  const cause = coded(code);
  const fault = cacheFault('The model a', '/cache', cause);
  expect(fault).toBeInstanceOf(UnusableCache);
  expect(fault).toMatchObject({
    message:
      'The model a does not fit into /cache: the disk is full. Make room there, or set MODEL_CACHE to a folder on another disk',
    cause,
  });
});

test.each(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST'])('%s: it cannot be written, and why', (code) => {
  const cause = coded(code);
  const fault = cacheFault('The model a', '/cache', cause);
  expect(fault).toBeInstanceOf(UnusableCache);
  expect(fault).toMatchObject({
    message: `The model a cannot be kept in /cache (${code}: no). Set MODEL_CACHE to a folder that can be written`,
    cause,
  });
});

test.each([coded('EIO'), new Error('something else'), 'no error'])('%s is left as it is', (cause) => {
  expect(cacheFault('The model a', '/cache', cause)).toBe(cause);
});
