import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { firstOf } from '../../src/cli/ask.js';
import { endpointOf, remoteService } from '../../src/cli/remote-service.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { JobUpdatedDocument } from '../../src/client/operations.js';

const silent = () => undefined;

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

  test.each([
    'http://me:secret@example.com',
    'ftp://me:secret@example.com',
    'me:secret@here',
    '//secret@x',
    'http://me/secret:x@h',
  ])('%j is refused without its password', (given) => {
    expect(() => endpointOf(given)).toThrow(/with a name or a password in it/);
    expect(() => endpointOf(given)).not.toThrow(/secret/);
  });
});

describe('a key', () => {
  test.each(['sec\nret', 'sec ret', 'sécret', 'sec\u0000ret', 'secret\r'])(
    '%j is refused, and not repeated',
    (key) => {
      const open = () => remoteService('http://127.0.0.1:1', key, silent);
      expect(open).toThrow(UsageError);
      expect(open).toThrow(/^The key holds a character that no key has\. /);
      expect(open).not.toThrow(/sec|ret\b/);
    },
  );
});

describe('a connection', () => {
  test('that is lost is told, and can be closed while it waits for the next attempt', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    server.on('upgrade', (_request, socket) => socket.destroy());
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const told: string[] = [];
    const end = new AbortController();
    await new Promise<void>((resolve) => {
      const service = remoteService(address, undefined, (line) => {
        told.push(line);
        end.abort();
        void service.close().then(resolve);
      });
      const source = service.client.subscription(JobUpdatedDocument, { id: 'sr-1' });
      firstOf(source, end.signal, () => undefined).catch(() => undefined);
    });
    expect(told).toEqual([`The connection to the server at ${address}/graphql is lost; trying again.`]);
    server.close();
  });

  test('is closed though the server never answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const isAsked = once(server, 'upgrade');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const told: string[] = [];
    const service = remoteService(address, undefined, (line) => told.push(line));
    const end = new AbortController();
    const source = service.client.subscription(JobUpdatedDocument, { id: 'sr-1' });
    const following = firstOf(source, end.signal, () => undefined).catch(() => 'ended');
    const [, socket] = (await isAsked) as [unknown, Socket];
    end.abort();
    await service.close();
    expect(await following).toBe('ended');
    expect(told).toEqual([]);
    socket.destroy();
    server.close();
  });
});

describe('a result that can not be had', () => {
  test('is a fault with what the server said', async () => {
    const server = createServer((_request, response) => response.writeHead(410).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const service = remoteService(address, undefined, silent);
    const never = new AbortController().signal;
    await expect(service.download(address, never)).rejects.toMatchObject({
      code: 'RESULT_NOT_FETCHED',
      message: 'The result can not be fetched: HTTP status 410.',
    });
    server.close();
    await expect(service.download(address, never)).rejects.toMatchObject({
      code: 'RESULT_NOT_FETCHED',
      message: 'The result can not be fetched: ECONNREFUSED.',
    });
    await expect(service.download(address, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    await service.close();
  });
});
