import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { endpointOf, remoteService } from '../../src/cli/remote-service.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { followJob } from '../../src/client/follow-job.js';

const silent = () => undefined;
const NOBODY = { next: silent, end: silent, fail: silent };

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
    await new Promise<void>((resolve) => {
      const service = remoteService(address, undefined, (line) => {
        told.push(line);
        leave();
        void service.close().then(resolve);
      });
      const leave = followJob(service.client, 'sr-1', NOBODY);
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
    const leave = followJob(service.client, 'sr-1', NOBODY);
    const [, socket] = (await isAsked) as [unknown, Socket];
    leave();
    await service.close();
    expect(told).toEqual([]);
    socket.destroy();
    server.close();
  });
});

describe('a result that cannot be had', () => {
  test('is a fault with what the server said', async () => {
    const server = createServer((_request, response) => response.writeHead(410).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const service = remoteService(address, undefined, silent);
    const never = new AbortController().signal;
    await expect(service.download(address, never)).rejects.toMatchObject({
      code: 'RESULT_NOT_FETCHED',
      message: expect.stringMatching(
        /^The result cannot be fetched from the server at http\S+: HTTP status 410\. Repeat the command/,
      ) as string,
    });
    await expect(service.download(address, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    await service.close();
    server.close();
  });

  test('is asked for again when its download breaks off, and when a proxy has no server behind it', async () => {
    const answers = [
      (response: ServerResponse) => response.writeHead(200).end('something'),
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 5 });
        response.write('wh', () => response.destroy());
      },
      (response: ServerResponse) => response.writeHead(502, { 'content-type': 'text/html' }).end('<p>'),
      (response: ServerResponse) => response.writeHead(200).end('whole'),
    ];
    const server = createServer((_request, response) => answers.shift()?.(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const told: string[] = [];
    const service = remoteService(address, undefined, (line) => told.push(line));
    const never = new AbortController().signal;
    await service.download(address, never);
    expect(Buffer.from(await service.download(address, never)).toString()).toBe('whole');
    expect(answers).toEqual([]);
    expect(told).toHaveLength(1);
    await service.close();
    server.close();
  });

  test('from a server that has never answered is not waited for', async () => {
    const service = remoteService('http://127.0.0.1:1', undefined, silent);
    const never = new AbortController().signal;
    await expect(service.download('http://127.0.0.1:1/a.png', never)).rejects.toMatchObject({
      code: 'RESULT_NOT_FETCHED',
    });
    await service.close();
  });
});
