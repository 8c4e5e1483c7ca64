import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSigner } from '../../src/storage/signed-address.js';

const signer = createSigner('a secret of enough bytes');
const later = new Date(Date.now() + 60_000);

function queryOf(address: string): { expires: string; signature: string } {
  const { searchParams } = new URL(address, 'http://localhost');
  return { expires: searchParams.get('expires') ?? '', signature: searchParams.get('signature') ?? '' };
}

describe('createSigner', () => {
  it('signs an address that it then finds valid', () => {
    const address = signer.sign('jobs/1/output.png', later);
    expect(address).toMatch(/^\/files\/jobs\/1\/output\.png\?expires=\d+&signature=[\w-]{43}$/);
    expect(signer.verify('jobs/1/output.png', queryOf(address))).toBe('valid');
  });

  it('is the same for a secret as text and as bytes, in every process', () => {
    const other = createSigner(new TextEncoder().encode('a secret of enough bytes'));
    expect(other.verify('a', queryOf(signer.sign('a', later)))).toBe('valid');
  });

  it('finds an address expired from its second on, and not before', () => {
    onTestFinished(() => void vi.useRealTimers());
    const end = Date.parse('2026-01-02T03:04:05.000Z');
    const query = queryOf(signer.sign('a', new Date(end)));
    const verdicts = [end - 5_000, end - 1, end, end + 1].map((now) => {
      vi.useFakeTimers({ toFake: ['Date'], now });
      return signer.verify('a', query);
    });
    expect(verdicts).toEqual(['valid', 'valid', 'expired', 'expired']);
  });

  it('finds another key, another expiry or another secret forged, expired or not', () => {
    const query = queryOf(signer.sign('jobs/1/a', later));
    expect(signer.verify('jobs/2/a', query)).toBe('forged');
    expect(signer.verify('jobs/1', query)).toBe('forged');
    expect(signer.verify('jobs/1/a', { ...query, expires: String(Number(query.expires) + 1) })).toBe(
      'forged',
    );
    expect(signer.verify('jobs/1/a', { ...query, expires: '1' })).toBe('forged');
    expect(createSigner('another secret of enough bytes').verify('jobs/1/a', query)).toBe('forged');
  });

  it('signs the name that a file is saved as along with it', () => {
    const address = signer.sign('jobs/1/a', later, 'Äpfel & Birnen.x4.png');
    const query = { ...queryOf(address), name: 'Äpfel & Birnen.x4.png' };
    expect(new URL(address, 'http://localhost').searchParams.get('name')).toBe(query.name);
    expect(signer.verify('jobs/1/a', query)).toBe('valid');
    expect(signer.verify('jobs/1/a', { ...query, name: 'other.png' })).toBe('forged');
    expect(signer.verify('jobs/1/a', { ...query, name: undefined })).toBe('forged');
    expect(signer.verify('jobs/1/a', { ...query, name: [query.name, query.name] })).toBe('forged');
    expect(signer.verify('jobs/1/a', { ...queryOf(signer.sign('jobs/1/a', later)), name: 'x' })).toBe(
      'forged',
    );
  });

  it('accepts one spelling only of expiry and signature', () => {
    const query = queryOf(signer.sign('a', later));
    const { expires, signature } = query;
    for (const spelling of [
      `0${expires}`,
      `+${expires}`,
      ` ${expires}`,
      `${expires}.0`,
      '1e12',
      '',
      '-1',
      'NaN',
    ]) {
      expect(signer.verify('a', { ...query, expires: spelling })).toBe('forged');
    }
    for (const spelling of [
      '',
      `${signature}=`,
      signature.slice(0, -1),
      signature.toUpperCase(),
      'ä'.repeat(43),
    ]) {
      expect(signer.verify('a', { ...query, signature: spelling })).toBe('forged');
    }
  });

  it('finds a query that is not two plain texts forged', () => {
    const { expires, signature } = queryOf(signer.sign('a', later));
    expect(signer.verify('a', {})).toBe('forged');
    expect(signer.verify('a', { expires })).toBe('forged');
    expect(signer.verify('a', { expires: [expires], signature })).toBe('forged');
    expect(signer.verify('a', { expires, signature: [signature, signature] })).toBe('forged');
  });

  it('never finds an impossible key valid, and refuses to sign one', () => {
    expect(() => signer.sign('../a', later)).toThrow(RangeError);
    expect(signer.verify('../a', queryOf(signer.sign('a', later)))).toBe('forged');
    expect(() => signer.sign('a', new Date(NaN))).toThrow(RangeError);
  });

  it('refuses a secret of less than 16 bytes', () => {
    expect(() => createSigner('short')).toThrow(/5 bytes; at least 16/);
    expect(() => createSigner(new Uint8Array(15))).toThrow(/15 bytes; at least 16/);
    const exact = createSigner(new Uint8Array(16));
    expect(exact.verify('a', queryOf(exact.sign('a', later)))).toBe('valid');
  });
});
