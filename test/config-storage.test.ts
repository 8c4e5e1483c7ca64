import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.js';

/** The faults of an address, without the name of its variable. */
function faults(STORAGE_URL: string): string[] {
  try {
    readConfig('serve', { STORAGE_URL });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...lines] = error.message.split('\n');
    expect(lines.every((line) => line.startsWith('  - STORAGE_URL: '))).toBe(true);
    return lines.map((line) => line.replace('  - STORAGE_URL: ', ''));
  }
  return [];
}

describe('STORAGE_URL', () => {
  test('that is not set stands for the disk', () => {
    expect(readConfig('serve', {}).storage).toBeUndefined();
    expect(readConfig('serve', { STORAGE_URL: '' }).storage).toBeUndefined();
  });

  test('may name a bucket only', () => {
    expect(
      readConfig('worker', { QUEUE_URL: 'redis://q.test', STORAGE_URL: 's3://pictures' }).storage,
    ).toEqual({
      bucket: 'pictures',
      prefix: '',
      region: undefined,
      endpoint: undefined,
      publicEndpoint: undefined,
      pathStyle: false,
      sweep: true,
    });
  });

  test('may name a prefix and all options', () => {
    const address =
      's3://my.pictures/okulo/Test_1/?region=eu-central-1&endpoint=http://minio:9000&pathStyle=true' +
      '&publicEndpoint=https%3A%2F%2Fs3.example.com&sweep=false';
    expect(readConfig('serve', { STORAGE_URL: address }).storage).toEqual({
      bucket: 'my.pictures',
      prefix: 'okulo/Test_1',
      region: 'eu-central-1',
      endpoint: 'http://minio:9000',
      publicEndpoint: 'https://s3.example.com',
      pathStyle: true,
      sweep: false,
    });
  });

  test.each([
    ['pictures', 'expected s3://bucket/prefix'],
    ['/var/pictures', 'expected s3://bucket/prefix'],
    ['https://pictures.s3.amazonaws.com', 'https: came'],
    ['s3://', 'the name of a bucket'],
    ['s3:///okulo', 'the name of a bucket'],
    ['s3://My_Bucket', "'My_Bucket' came"],
    ['s3://pictures:9000/okulo', 'endpoint='],
    ['s3://pictures/a//b', 'expected a prefix'],
    ['s3://pictures/a%20b', 'expected a prefix'],
    ['s3://pictures/.hidden', 'expected a prefix'],
    ['s3://pictures?regoin=eu-central-1', "'regoin' came"],
    ['s3://pictures?region=', 'region: expected'],
    ['s3://pictures?region=Frankfurt', "'Frankfurt' came"],
    ['s3://pictures?region=a&region=b', 'region once'],
    ['s3://pictures?pathStyle=yes', "'yes' came"],
    ['s3://pictures?sweep=off', "'off' came"],
    ['s3://pictures?endpoint=minio:9000', 'endpoint: expected'],
    ['s3://pictures?publicEndpoint=ftp://minio', 'publicEndpoint: expected'],
    ['s3://pictures?endpoint=http://user:word@minio', 'endpoint: expected'],
  ])('%s is refused', (address, words) => {
    expect(faults(address)).toEqual([expect.stringContaining(words)]);
  });

  test('with several faults reports all of them', () => {
    expect(faults('s3://My_Bucket?region=X&pathStyle=1')).toHaveLength(3);
  });

  test.each([
    's3://AKIAKEY:hunter2@pictures',
    's3://AKIAKEY:hun/ter2@pictures',
    's3://key@pictures/a?x=hunter2',
  ])('never shows what may be a secret: %s', (address) => {
    expect(faults(address).join()).toMatch(/\w/);
    expect(faults(address).join()).not.toMatch(/AKIA|hun|ter2/);
  });
});
