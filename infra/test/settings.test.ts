import { describe, expect, it } from 'vitest';
import { EXAMPLE_CONTEXTS } from '../lib/example-contexts.js';
import { readSettings, SettingsError } from '../lib/settings.js';

const read = (context: Readonly<Record<string, unknown>>) =>
  readSettings({ tryGetContext: (name) => context[name] });
const told = EXAMPLE_CONTEXTS['small'] ?? {};

/** Which values are wrong, and why. */
function faults(context: Readonly<Record<string, unknown>>): string[] {
  try {
    read(context);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  - ', ''));
  }
}

it('takes text of the command line', () => {
  expect(read({ ...told, spot: 'true', split: 'false', nat: '0', size: 'large' })).toMatchObject({
    spot: true,
    split: false,
    nat: 0,
    size: 'large',
  });
});

it('has as many NAT gateways as the size says, unless told', () => {
  expect([read({ ...told, size: 'small' }).nat, read({ ...told, size: 'large' }).nat]).toEqual([1, 2]);
});

it('asks for what nobody can guess, all of it together', () => {
  expect(faults({}).map((line) => line.split(':')[0])).toEqual([
    'imageDigest',
    'collectorDigest',
    'domainName',
    'certificateArn',
  ]);
});

describe('refuses', () => {
  it.each([
    ['imageDigest', 'latest', /sha256: and 64 .* A tag can come to mean another image/],
    ['imageDigest', `okulo@sha256:${'0'.repeat(64)}`, /sha256/],
    ['collectorDigest', 'v0.43.0', /digest of the image of the collector/],
    ['repository', 'okulo:latest', /without registry, tag and digest/],
    ['size', 'medium', /expected one of small, large/],
    ['architecture', 'x86', /amd64 or arm64/],
    ['certificateArn', 'arn:aws:iam::123456789012:server-certificate/x', /certificate of ACM/],
    ['domainName', 'https://vision.example.com', /like vision\.example\.com/],
    ['allowedOrigins', 'app.example.com', /origins like https/],
    ['spot', 'perhaps', /./],
    ['nat', '3', /./],
    ['alarmEmail', 'somebody', /mail/],
  ])('%s=%s', (name, value, words) => {
    const [fault = '', ...others] = faults({ ...told, [name]: value });
    expect(others).toEqual([]);
    expect(fault.startsWith(name)).toBe(true);
    expect(fault).toMatch(words);
  });
});
