import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { endpointOf, remoteService } from '../../src/cli/remote-service.js';
import { UsageError } from '../../src/cli/usage-error.js';

describe('the address of a server', () => {
  test.each([
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/graphql'],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000/graphql'],
    ['https://example.com/graphql', 'https://example.com/graphql'],
    ['https://example.com/graphql/', 'https://example.com/graphql'],
    ['https://example.com/vision', 'https://example.com/vision/graphql'],
  ])('%s is taken with or without its last part', (given, expected) => {
    expect(endpointOf(given)).toBe(expected);
  });

  test.each(['localhost:4000', 'ftp://example.com', 'here', ''])('%j is none', (given) => {
    expect(() => endpointOf(given)).toThrow(UsageError);
  });
});

describe('a result that can not be had', () => {
  test('is a fault with what the server said', async () => {
    const server = createServer((_request, response) => response.writeHead(410).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const service = remoteService(address, undefined);
    const never = new AbortController().signal;
    await expect(service.download(address, never)).rejects.toMatchObject({
      code: 'RESULT_NOT_FETCHED',
      message: 'The result can not be fetched: HTTP status 410.',
    });
    server.close();
    await expect(service.download(address, never)).rejects.toMatchObject({ code: 'RESULT_NOT_FETCHED' });
    await expect(service.download(address, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    await service.close();
  });
});
