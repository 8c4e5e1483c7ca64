import type { LookupAddress, LookupOptions } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { pinnedLookup, resolveBySystem, type Resolve } from '../../src/url-fetch/guarded-lookup.js';

const v4 = (address: string) => ({ address, family: 4 }) as const;
const v6 = (address: string) => ({ address, family: 6 }) as const;
const answering =
  (...addresses: Awaited<ReturnType<Resolve>>): Resolve =>
  () =>
    Promise.resolve(addresses);

async function look(resolve: Resolve, guarded: boolean, options: LookupOptions = { all: true }) {
  return await new Promise<string | LookupAddress[]>((found, fail) => {
    pinnedLookup(resolve, guarded)('pictures.example', options, (error, address) => {
      if (error) fail(error);
      else found(address);
    });
  });
}

describe('pinnedLookup', () => {
  it('gives the socket all the addresses that it checked, or the first where one is asked for', async () => {
    const resolve = answering(v4('93.184.216.34'), v6('2606:4700:4700::1111'));
    expect(await look(resolve, true)).toEqual([v4('93.184.216.34'), v6('2606:4700:4700::1111')]);
    expect(await look(resolve, true, {})).toBe('93.184.216.34');
    expect(await look(resolve, true, { family: 6 })).toBe('2606:4700:4700::1111');
    expect(await look(resolve, true, { family: 6, all: true })).toEqual([v6('2606:4700:4700::1111')]);
  });

  it('asks the resolver once, so a second, different answer is never used', async () => {
    const answers = [v4('93.184.216.34'), v4('127.0.0.1')];
    let asked = 0;
    const rebinding: Resolve = () => Promise.resolve([answers[asked++] ?? v4('127.0.0.1')]);
    expect(await look(rebinding, true)).toEqual([v4('93.184.216.34')]);
    expect(asked).toBe(1);
    await expect(look(rebinding, true)).rejects.toThrow('not public');
  });

  it.each([
    ['the only address', [v4('127.0.0.1')]],
    ['the last of several', [v4('93.184.216.34'), v4('10.0.0.1')]],
    ['one of a family that is not asked for', [v4('93.184.216.34'), v6('::1')]],
  ])('refuses a name when %s is not public, and does not say which it was', async (_, addresses) => {
    const refused = look(answering(...addresses), true, { family: 4, all: true });
    await expect(refused).rejects.toBeInstanceOf(CodedError);
    await expect(refused).rejects.toMatchObject({ code: 'URL_FORBIDDEN' });
    await expect(refused).rejects.toThrow(/^pictures\.example resolves to an address that is not public\./);
    await expect(refused).rejects.not.toThrow(/127\.|10\.0|93\.|::1/);
  });

  it('lets an exempt host have any address', async () => {
    expect(await look(answering(v4('10.0.0.1')), false)).toEqual([v4('10.0.0.1')]);
  });

  it('fails where there is no address, or no answer', async () => {
    await expect(look(answering(), true)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(look(answering(v4('8.8.8.8')), true, { family: 6 })).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
    await expect(look(() => Promise.reject(new Error('no answer')), true)).rejects.toThrow('no answer');
  });
});

describe('resolveBySystem', () => {
  it('finds what the hosts file says', async () => {
    const found = await resolveBySystem('localhost');
    expect(found.map(({ address }) => address)).toContain('127.0.0.1');
    expect(found.every(({ address, family }) => family === (address.includes(':') ? 6 : 4))).toBe(true);
  });
});
