import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { errnoOf, hasErrno, isSystemError, unlessMissing } from '../../src/platform/errno.js';

const coded = (code: unknown): Error => Object.assign(new Error('words'), { code });

describe('the code of an error', () => {
  it('is a text, and of an error', () => {
    expect(errnoOf(coded('ENOENT'))).toBe('ENOENT');
    for (const none of [new Error('words'), coded(20), { code: 'ENOENT' }, 'ENOENT', undefined, null]) {
      expect(errnoOf(none)).toBeUndefined();
      expect(hasErrno(none, 'ENOENT')).toBe(false);
    }
  });

  it('is one of those that are asked about', () => {
    expect(hasErrno(coded('ENOTDIR'), 'ENOENT', 'ENOTDIR')).toBe(true);
    expect(hasErrno(coded('EACCES'), 'ENOENT', 'ENOTDIR')).toBe(false);
    expect(hasErrno(coded('EACCES'))).toBe(false);
  });
});

describe('an error of the system', () => {
  it('names the call that was refused', async () => {
    const refused: unknown = await readFile('/no/such/file').catch((error: unknown) => error);
    expect(isSystemError(refused)).toBe(true);
    expect(isSystemError(coded('ENOENT'))).toBe(false);
    expect(isSystemError(new CodedError('BAD_USER_INPUT', 'words'))).toBe(false);
  });
});

describe('unlessMissing', () => {
  it('knows a file that is not there from one that cannot be read', async () => {
    expect(await unlessMissing(Promise.resolve(7))).toBe(7);
    expect(await unlessMissing(readFile('/no/such/file'))).toBeUndefined();
    await expect(unlessMissing(readFile('/'))).rejects.toThrow('EISDIR');
  });
});
