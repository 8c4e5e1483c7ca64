import { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { hostCheck } from '../../src/http/host-check.js';
import { rawRequest } from './raw-request.js';
import { runApp } from './running-app.js';

const check = hostCheck(['vision.example.com', '.wide.example']);

/** Whether a request with these lines, as they stand, asks for a host of the service. */
async function isOwn(target: string, hosts: readonly string[], version = '1.1'): Promise<boolean> {
  const router = Router().use((request, response) => {
    response.status(check(request) ? 200 : 421).end();
  });
  const { url } = await runApp([router]);
  const headers = hosts.map((host) => `Host: ${host}`);
  const { status } = await rawRequest(url, [
    `GET ${target} HTTP/${version}`,
    ...headers,
    'Connection: close',
  ]);
  expect([200, 421]).toContain(status);
  return status === 200;
}

describe('a host of the service', () => {
  it.each([
    ['an IPv4 address', '127.0.0.1'],
    ['one with a port', '192.168.1.20:8080'],
    ['one in a form that browsers make that of', '127.1'],
    ['an IPv6 address', '[::1]:4000'],
    ['localhost', 'localhost'],
    ['localhost in capitals, with a final dot', 'LOCALHOST.:4000'],
    ['a name below localhost', 'studio.localhost:4000'],
    ['a deep one', 'a.b.localhost'],
    ['a name without a dot', 'okulo'],
    ['a name of a container', 'my_project-api-1:4000'],
    ['a given name', 'vision.example.com'],
    ['one with another port', 'vision.example.com:8443'],
    ['one in capitals, with a final dot', 'Vision.Example.Com.'],
    ['a given domain', 'wide.example'],
    ['a name below it', 'a.b.wide.example'],
  ])('is %s', async (_what, host) => {
    expect(await isOwn('/', [host])).toBe(true);
  });

  it.each([
    ['another name', 'evil.test'],
    ['one with the service’s port', 'evil.test:4000'],
    ['a name below a given one', 'a.vision.example.com'],
    ['a name above it', 'example.com'],
    ['a name that ends like a given one', 'evilvision.example.com'],
    ['a name that ends like a given domain', 'evilwide.example'],
    ['a name that begins like localhost', 'localhost.evil.test'],
    ['a name that ends like localhost', 'evil.notlocalhost'],
    ['an empty label above localhost', '.localhost'],
    ['two final dots', 'localhost..'],
    ['an address with more behind it', '127.0.0.1.evil.test'],
    ['a user before a good host', 'evil.test@localhost'],
    ['a good host before another', 'localhost, evil.test'],
    ['an escaped dot', 'evil%2etest'],
    ['letters of another script', 'evil\u00b7test'],
    ['nothing', ''],
  ])('is not %s', async (_what, host) => {
    expect(await isOwn('/', [host])).toBe(false);
  });

  it('is told once', async () => {
    expect(await isOwn('/', ['localhost', 'localhost'])).toBe(false);
    expect(await isOwn('/', ['localhost', 'evil.test'])).toBe(false);
    expect(await isOwn('/', [], '1.0')).toBe(false);
  });

  it('is told by a target with a host of its own too', async () => {
    expect(await isOwn('http://localhost:4000/graphql', ['localhost:4000'])).toBe(true);
    expect(await isOwn('http://evil.test/graphql', ['localhost'])).toBe(false);
    expect(await isOwn('http://localhost/graphql', ['evil.test'])).toBe(false);
    expect(await isOwn('http://user@evil.test/', ['localhost'])).toBe(false);
    expect(await isOwn('HTTP://localhost', ['localhost'])).toBe(true);
  });
});

describe('health and figures', () => {
  it.each(['/healthz', '/readyz', '/metrics', '/readyz?from=lb'])(
    '%s: any host may be asked',
    async (path) => {
      expect(await isOwn(path, ['evil.test'])).toBe(true);
      expect(await isOwn(path, ['a', 'b'])).toBe(true);
      expect(await isOwn(path, [], '1.0')).toBe(true);
    },
  );

  it.each([
    '/healthz/',
    '/HEALTHZ',
    '//healthz',
    '/healthz/../graphql',
    '/graphql?/healthz',
    '/graphql#/healthz',
    'http://evil.test/healthz',
    '/',
  ])('%s is none of them', async (path) => {
    expect(await isOwn(path, ['evil.test'])).toBe(false);
  });
});
