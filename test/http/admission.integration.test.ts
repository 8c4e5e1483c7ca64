import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { Router } from 'express';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { admission, type AdmissionOptions } from '../../src/http/admission.js';
import { refuseUpgrade } from '../../src/http/refusal.js';
import { rawRequest } from './raw-request.js';
import { runApp } from './running-app.js';

const PAGE = 'https://app.example.com';

function admissionOf(
  options: Partial<AdmissionOptions>,
  log: AdmissionOptions['log'] = pino({ enabled: false }),
) {
  return admission({
    keyless: true,
    host: '127.0.0.1',
    publicUrl: undefined,
    hosts: [],
    origins: [PAGE],
    methods: { '/graphql': 'GET, POST', '/files': 'GET, HEAD' },
    log,
    ...options,
  });
}

/** An application that asks for a key on /graphql, and otherwise tells the method that it was asked by. */
async function run(options: Partial<AdmissionOptions> = {}) {
  const lines: { msg: string; origin?: string; host?: string }[] = [];
  const log = pino(
    { base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
  );
  const routes = Router();
  routes.use('/graphql', (request, response, next) => {
    if (request.headers.authorization === undefined) response.status(401).json({ message: 'no key' });
    else next();
  });
  routes.use('/broken', () => {
    throw new Error('broken');
  });
  routes.use((request, response) => {
    response.vary('Accept-Encoding').set('ETag', '"x"').send(request.method);
  });
  const { url } = await runApp([admissionOf(options, log).router, routes]);
  const ask = (path: string, method: string, headers: Record<string, string> = {}) =>
    fetch(url + path, { method, headers });
  return { url, ask, lines };
}

const preflight = (origin: string, headers = 'content-type') => ({
  origin,
  'access-control-request-method': 'POST',
  'access-control-request-headers': headers,
});

describe('a preflight', () => {
  it('of an allowed origin is answered before anything asks for a key', async () => {
    const { ask } = await run();
    const { status, headers } = await ask('/graphql', 'OPTIONS', preflight(PAGE, 'content-type, x-mine'));
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(headers.get('access-control-max-age')).toBe('7200');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toMatch(/\bOrigin\b/);
    const allowed = headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining([
        'content-type',
        'authorization',
        'apollo-require-preflight',
        'x-apollo-operation-name',
        'range',
        'x-mine',
      ]),
    );
    expect(new Set(allowed).size).toBe(allowed?.length);
  });

  it('repeats no header that is none', async () => {
    const { ask } = await run();
    const { headers } = await ask('/graphql', 'OPTIONS', preflight(PAGE, 'x-good, b@d, , "quoted"'));
    expect(headers.get('access-control-allow-headers')).toMatch(/x-good$/);
  });

  it('of the files allows what files are asked by', async () => {
    const { ask } = await run();
    const { headers } = await ask('/files/results/a.png', 'OPTIONS', preflight(PAGE));
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD');
  });

  it.each([
    'https://evil.test',
    'null',
    'nonsense',
    `${PAGE}, https://evil.test`,
    'https://app.example.com.evil.test',
  ])('of the origin %s is refused, and the log says what would allow it', async (origin) => {
    const { ask, lines } = await run();
    const response = await ask('/graphql', 'OPTIONS', preflight(origin));
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('vary')).toMatch(/\bOrigin\b/);
    const { code, message, errors } = (await response.json()) as Record<string, unknown>;
    expect(code).toBe('ORIGIN_NOT_ALLOWED');
    expect(message).toContain('ALLOWED_ORIGINS');
    expect(errors).toEqual([{ message, extensions: { code } }]);
    expect(lines).toMatchObject([{ origin, msg: message }]);
  });
});

it('OPTIONS that asks no leave is told the methods', async () => {
  const { ask } = await run();
  for (const headers of [{}, { origin: PAGE }, { origin: 'https://evil.test' }]) {
    const response = await ask('/graphql', 'OPTIONS', headers);
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, POST, OPTIONS']);
  }
});

describe('an answer', () => {
  it('may be read by a page of an allowed origin, whatever it is', async () => {
    const { ask } = await run();
    for (const [path, status] of [
      ['/graphql', 401],
      ['/files/a', 200],
    ] as const) {
      const response = await ask(path, 'GET', { origin: PAGE });
      expect(response.status).toBe(status);
      expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(response.headers.get('access-control-expose-headers')).toMatch(/\bETag\b.*\bRetry-After\b/);
    }
  });

  it('differs by origin for caches, also where none came', async () => {
    const { ask } = await run();
    const { headers } = await ask('/files/a', 'GET');
    expect(headers.get('vary')).toBe('Origin, Accept-Encoding');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may not be read by a page of another origin', async () => {
    const { ask } = await run();
    const response = await ask('/files/a', 'GET', { origin: 'https://evil.test' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('of another route may be read by no foreign page', async () => {
    const { ask } = await run();
    expect(
      (await ask('/metrics', 'GET', { origin: PAGE })).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });
});

describe('where no key is asked for', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a %s of a foreign page is not carried out', async (method) => {
    const { ask, lines } = await run();
    for (const origin of ['https://evil.test', 'null', 'http://127.0.0.1:1']) {
      expect((await ask('/anything', method, { origin })).status).toBe(403);
    }
    expect(lines).toHaveLength(3);
  });

  it('a page of the service itself may do everything', async () => {
    const { url, ask } = await run();
    expect(await (await ask('/anything', 'POST', { origin: url })).text()).toBe('POST');
    expect(await (await ask('/anything', 'POST', { origin: PAGE })).text()).toBe('POST');
    expect(await (await ask('/anything', 'POST')).text()).toBe('POST');
    // Behind a proxy that rewrites the host the browser knows better.
    const headers = { origin: 'https://public.example', 'sec-fetch-site': 'same-origin' };
    expect(await (await ask('/anything', 'POST', headers)).text()).toBe('POST');
    expect((await ask('/anything', 'POST', { ...headers, 'sec-fetch-site': 'same-site' })).status).toBe(403);
  });

  it('another host is told what would allow it, before anything answers', async () => {
    const { url, lines } = await run();
    const { status, body } = await rawRequest(url, [
      'GET /graphql HTTP/1.1',
      'Host: evil.test',
      'Connection: close',
    ]);
    expect(status).toBe(421);
    expect(JSON.parse(body)).toMatchObject({
      code: 'HOST_NOT_ALLOWED',
      message: expect.stringMatching(/'evil\.test'.*ALLOWED_HOSTS/) as unknown,
    });
    expect(lines).toMatchObject([{ host: 'evil.test' }]);
  });

  it('the public address, the one that it listens on, and given hosts are its own', async () => {
    const { url } = await run({
      host: 'Lan.Test',
      publicUrl: 'https://public.example:8443/vision',
      hosts: ['other.example'],
    });
    for (const [host, expected] of [
      ['lan.test', 200],
      ['public.example', 200],
      ['other.example:1', 200],
      ['evil.test', 421],
    ] as const) {
      const lines = ['GET /anything HTTP/1.1', `Host: ${host}`, 'Connection: close'];
      expect([host, (await rawRequest(url, lines)).status]).toEqual([host, expected]);
    }
  });
});

describe('where a key is asked for', () => {
  it('any host and any origin is answered: the key decides', async () => {
    const { url, ask, lines } = await run({ keyless: false });
    expect((await ask('/anything', 'POST', { origin: 'https://evil.test' })).status).toBe(200);
    const host = ['GET /anything HTTP/1.1', 'Host: evil.test', 'Connection: close'];
    expect((await rawRequest(url, host)).status).toBe(200);
    expect(lines).toEqual([]);
  });

  it('* allows every origin, and nothing that is none', async () => {
    const { ask } = await run({ keyless: false, origins: ['*'] });
    const allowed = async (origin: string) =>
      (await ask('/graphql', 'OPTIONS', preflight(origin))).headers.get('access-control-allow-origin');
    expect(await allowed('https://anything.test')).toBe('https://anything.test');
    expect(await allowed('null')).toBeNull();
  });
});

describe('what is told of a refused request', () => {
  const SECRETS = /SECRET/;

  it.each([
    ['GET http://user:SECRET@evil.test/graphql?query=%7BSECRET%7D&token=SECRET HTTP/1.1', 'x', 'evil.test'],
    ['GET HTTP://EVIL.test:81?SECRET HTTP/1.1', 'x', 'EVIL.test:81'],
    ['GET /graphql?query=%7BSECRET%7D HTTP/1.1', 'evil.test', 'evil.test'],
    ['GET /graphql HTTP/1.1', 'SECRET@evil.test', 'evil.test'],
  ])('%s (Host: %s) is the host alone', async (line, host, told) => {
    const { url, lines } = await run();
    const { status, body } = await rawRequest(url, [line, `Host: ${host}`, 'Connection: close']);
    expect(status).toBe(421);
    expect(lines).toEqual([expect.objectContaining({ host: told })]);
    expect(lines[0]?.msg).toContain(`'${told}'`);
    expect(JSON.stringify(lines) + body).not.toMatch(SECRETS);
  });

  it.each([
    ['http://evil.test/?SECRET', 'http://evil.test'],
    ['http://user:SECRET@evil.test', 'http://evil.test'],
    ['http://a.test/SECRET, HTTP://b.test#SECRET', 'http://a.test, HTTP://b.test'],
    ['null', 'null'],
  ])('an origin %s is told as %s', async (origin, told) => {
    const { url, lines } = await run();
    const headers = ['POST /graphql HTTP/1.1', 'Host: okulo', `Origin: ${origin}`, 'Connection: close'];
    const { status, body } = await rawRequest(url, headers);
    expect(status).toBe(403);
    expect(lines).toEqual([expect.objectContaining({ origin: told })]);
    expect(JSON.stringify(lines) + body).not.toMatch(SECRETS);
  });
});

describe('a WebSocket', () => {
  async function upgrade(options: Partial<AdmissionOptions>, headers: readonly string[]) {
    const { refusedUpgrade } = admissionOf(options);
    const server = createServer(express());
    server.on('upgrade', (request: IncomingMessage, socket) => {
      const refusal = refusedUpgrade(request);
      if (refusal) refuseUpgrade(socket, refusal, 'an-id');
      else socket.end('HTTP/1.1 200 OK\r\n\r\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const lines = ['GET /graphql HTTP/1.1', ...headers, 'Connection: Upgrade', 'Upgrade: websocket'];
    return await rawRequest(url, lines);
  }

  const PUBLIC = { publicUrl: 'https://public.example:8443/vision' };
  it.each([
    ['of the host itself', {}, ['Host: 127.0.0.1:4000', 'Origin: http://127.0.0.1:4000']],
    ['of the host in capitals', {}, ['Host: LOCALHOST:4000', 'Origin: http://localhost:4000']],
    ['of the host behind what ends TLS', {}, ['Host: okulo', 'Origin: https://okulo']],
    ['of the host with the usual port', {}, ['Host: okulo:443', 'Origin: https://okulo']],
    ['that tells no origin', {}, ['Host: 127.0.0.1:4000']],
    [
      'of the public address, the host rewritten',
      PUBLIC,
      ['Host: 127.0.0.1:4000', 'Origin: https://public.example:8443'],
    ],
    [
      'of the public address, the port lost',
      PUBLIC,
      ['Host: public.example', 'Origin: https://public.example:8443'],
    ],
    ['of an allowed origin', {}, ['Host: 127.0.0.1:4000', `Origin: ${PAGE}`]],
  ])('%s may be opened', async (_what, options, headers) => {
    expect((await upgrade(options, headers)).status).toBe(200);
  });

  it.each([
    ['of another origin', {}, ['Host: 127.0.0.1:4000', 'Origin: https://evil.test']],
    ['of another port of the same host', {}, ['Host: 127.0.0.1:4000', 'Origin: http://127.0.0.1:5173']],
    [
      'of another scheme of the public address',
      PUBLIC,
      ['Host: 127.0.0.1', 'Origin: http://public.example:8443'],
    ],
    ['of a page without an origin', {}, ['Host: 127.0.0.1:4000', 'Origin: null']],
    ['of a malformed origin', {}, ['Host: 127.0.0.1:4000', 'Origin: http://127.0.0.1:4000/']],
    ['of an empty origin', {}, ['Host: 127.0.0.1:4000', 'Origin:']],
    ['of two origins', {}, ['Host: okulo', 'Origin: http://okulo', 'Origin: http://evil.test']],
    [
      'of an origin that a header made up',
      {},
      ['Host: okulo', 'X-Forwarded-Host: evil.test', 'Origin: http://evil.test'],
    ],
    ['where a key is asked for', { keyless: false }, ['Host: okulo', 'Origin: http://evil.test']],
  ])('%s is refused with 403 and what would allow it', async (_what, options, headers) => {
    const { status, body } = await upgrade(options, headers);
    expect(status).toBe(403);
    expect(body).toMatch(/ALLOWED_ORIGINS.*PUBLIC_URL/);
  });

  it('for another host is refused with 421', async () => {
    const { status, body } = await upgrade({}, ['Host: evil.test', 'Origin: http://evil.test']);
    expect(status).toBe(421);
    expect(body).toContain('ALLOWED_HOSTS');
  });
});
