import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { exemptHost, judgeUrl, parseUrl } from '../../src/url-fetch/url-policy.js';

const none = new Set<string>();
const refusalOf = (address: string, exempt = none): CodedError => {
  try {
    judgeUrl(new URL(address), exempt);
  } catch (error) {
    if (error instanceof CodedError) return error;
  }
  return expect.fail(`${address} was not refused`);
};

describe('judgeUrl', () => {
  it.each([
    'https://example.com/a.png',
    'http://example.com:80/',
    'http://example.com:8080/',
    'https://example.com:8443/?a=b#c',
    'http://8.8.8.8/a.png',
    'http://[2606:4700:4700::1111]/a.png',
  ])('lets %s through to the guarded agent', (address) => {
    expect(judgeUrl(new URL(address), none)).toBe('guarded');
  });

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/a',
    'data:image/png;base64,AA==',
    'gopher://a/',
    'blob:http://a/b',
  ])('refuses the protocol of %s', (address) => {
    expect(refusalOf(address)).toMatchObject({
      code: 'URL_FORBIDDEN',
      message: expect.stringContaining('http:// or https://') as unknown,
    });
  });

  it.each(['https://user@example.com/', 'https://:secret@example.com/', 'http://user:secret@8.8.8.8/'])(
    'refuses credentials, and does not repeat them: %s',
    (address) => {
      const { code, message } = refusalOf(address);
      expect(code).toBe('URL_FORBIDDEN');
      expect(message).toContain('user name or password');
      expect(message).not.toContain('secret');
    },
  );

  it.each([22, 25, 79, 81, 443 + 1, 2375, 6379, 8000, 8081, 8444, 9200])('refuses port %i', (port) => {
    expect(refusalOf(`http://example.com:${port}/`).message).toContain(`not ${port}`);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127.0.0.1./',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::10.0.0.1]/',
    'https://[fd00:ec2::254]/',
  ])('refuses the literal %s, in whatever spelling', (address) => {
    expect(refusalOf(address)).toMatchObject({
      code: 'URL_FORBIDDEN',
      message: expect.stringContaining('resolves to an address that is not public') as unknown,
    });
  });

  it('exempts a host on its one port, and not its name with anything added', () => {
    const exempt = new Set(['minio.internal:9000', '[::1]:80'].map(exemptHost));
    expect(judgeUrl(new URL('http://minio.internal:9000/a'), exempt)).toBe('exempt');
    expect(judgeUrl(new URL('https://MINIO.internal:9000/a'), exempt)).toBe('exempt');
    expect(judgeUrl(new URL('http://[0:0::1]/a'), exempt)).toBe('exempt');
    expect(judgeUrl(new URL('http://minio.internal/a'), exempt)).toBe('guarded');
    expect(judgeUrl(new URL('http://minio.internal.example.com:8080/a'), exempt)).toBe('guarded');
    expect(refusalOf('http://minio.internal:9001/', exempt).code).toBe('URL_FORBIDDEN');
    expect(refusalOf('http://user@minio.internal:9000/', exempt).code).toBe('URL_FORBIDDEN');
    expect(refusalOf('https://[::1]/', exempt).code).toBe('URL_FORBIDDEN');
  });
});

describe('parseUrl', () => {
  it.each(['', 'picture.jpg', '/a/b', 'http://', 'http://a:99999/', 'http://256.1.1.1/'])(
    'refuses %j',
    (text) => {
      expect(() => parseUrl(text)).toThrow(
        expect.objectContaining({ name: 'CodedError', code: 'BAD_USER_INPUT' }) as Error,
      );
    },
  );
});

describe('exemptHost', () => {
  it.each(['', 'minio', 'http://minio:9000', 'minio:9000/a', 'user@minio:9000', ':9000', 'minio:', 'a b:1'])(
    'refuses %j',
    (text) => {
      expect(() => exemptHost(text)).toThrow(/is not a host with a port/);
    },
  );

  it('keeps the default ports', () => {
    expect(exemptHost('Minio:80')).toBe('minio:80');
    expect(exemptHost('minio:443')).toBe('minio:443');
  });
});
