import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Resolve } from '../../src/url-fetch/guarded-lookup.js';
import {
  createImageFetcher,
  type ImageFetcher,
  type ImageFetchPolicy,
} from '../../src/url-fetch/image-fetcher.js';
import { awaitable, serveHttp, serveRaw } from './servers.js';

const picture = Buffer.alloc(50_000, 7);

function fetcherFor(policy: Partial<ImageFetchPolicy>, resolve?: Resolve): ImageFetcher {
  const whole = { maxBytes: 100_000, timeoutMs: 20_000, maxRedirects: 3, exemptHosts: [], ...policy };
  const fetcher = createImageFetcher(whole, resolve);
  onTestFinished(() => fetcher.close());
  return fetcher;
}

describe('image fetcher', () => {
  it('downloads an image', async () => {
    const { host } = await serveHttp((request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.end(request.url === '/a.png?b=c' ? picture : '');
    });
    const fetcher = fetcherFor({ exemptHosts: [host] });
    expect(picture.equals(await fetcher.fetch(`http://${host}/a.png?b=c#d`))).toBe(true);
    expect(picture.equals(await fetcher.fetch(new URL(`http://${host}/a.png?b=c`)))).toBe(true);
  });

  it('connects to the address that its resolver gave for the name', async () => {
    const { host, port } = await serveHttp((request, response) => response.end(request.headers.host));
    const asked: string[] = [];
    const resolve: Resolve = (hostname) => {
      asked.push(hostname);
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    };
    const fetcher = fetcherFor({ exemptHosts: [`pictures.example:${port}`] }, resolve);
    const bytes = await fetcher.fetch(`http://pictures.example:${port}/`);
    expect(Buffer.from(bytes).toString()).toBe(`pictures.example:${port}`);
    expect(asked).toEqual(['pictures.example']);
    await expect(fetcher.fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'URL_FORBIDDEN' });
  });

  it('follows redirects, relative ones too, up to the limit', async () => {
    const { host } = await serveHttp((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(picture);
      else response.writeHead([301, 302, 307][left - 1] ?? 308, { location: `./${left - 1}` }).end('moved');
    });
    const fetcher = fetcherFor({ exemptHosts: [host] });
    expect(picture.equals(await fetcher.fetch(`http://${host}/3`))).toBe(true);
    await expect(fetcher.fetch(`http://${host}/4`)).rejects.toMatchObject({
      code: 'IMAGE_FETCH_FAILED',
      message: expect.stringContaining('more than 3 times') as unknown,
    });
  });

  it('ends a redirect that leads to itself', async () => {
    let requests = 0;
    const { host } = await serveHttp((_, response) => {
      requests += 1;
      response.writeHead(302, { location: '/' }).end();
    });
    const fetched = fetcherFor({ exemptHosts: [host] }).fetch(`http://${host}/`);
    await expect(fetched).rejects.toMatchObject({ code: 'IMAGE_FETCH_FAILED' });
    expect(requests).toBe(4);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'URL_FORBIDDEN'],
    ['http://[::ffff:127.0.0.1]/', 'URL_FORBIDDEN'],
    ['http://localhost/', 'URL_FORBIDDEN'],
    ['//0x7f.1/', 'URL_FORBIDDEN'],
    ['file:///etc/passwd', 'URL_FORBIDDEN'],
    ['http://user:secret@example.com/', 'URL_FORBIDDEN'],
    ['http://', 'IMAGE_FETCH_FAILED'],
    [undefined, 'IMAGE_FETCH_FAILED'],
  ])('judges the target of a redirect too: %s is %s', async (location, code) => {
    const { host } = await serveHttp((_, response) => {
      response.writeHead(302, location === undefined ? {} : { location }).end();
    });
    const fetched = fetcherFor({ exemptHosts: [host] }).fetch(`http://${host}/`);
    await expect(fetched).rejects.toMatchObject({ name: 'CodedError', code });
  });

  it('sends nothing to a private address, named or literal, that is not exempt on this port', async () => {
    const { host, port, connections } = await serveHttp((_, response) => response.end(picture));
    const resolve: Resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const fetcher = fetcherFor({ exemptHosts: [`other.example:${port}`, 'pictures.example:9'] }, resolve);
    for (const address of [
      `http://${host}/`,
      `http://pictures.example:${port}/`,
      'http://pictures.example/',
    ]) {
      await expect(fetcher.fetch(address)).rejects.toMatchObject({ code: 'URL_FORBIDDEN' });
    }
    expect(connections()).toBe(0);
  });

  it('refuses a name with one private address among public ones, without naming it', async () => {
    const resolve: Resolve = () =>
      Promise.resolve([
        { address: '93.184.216.34', family: 4 },
        { address: '10.1.2.3', family: 4 },
      ]);
    const error: unknown = await fetcherFor({}, resolve)
      .fetch('https://pictures.example/')
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'URL_FORBIDDEN' });
    expect(String(error)).toContain('resolves to an address that is not public');
    expect(JSON.stringify(error) + String(error)).not.toMatch(/10\.1\.2\.3|93\.184/);
  });

  it('refuses what is no address', async () => {
    await expect(fetcherFor({}).fetch('picture.jpg')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('image fetcher, of a body that is too large', () => {
  it('refuses by the content-length, before it reads', async () => {
    const { host } = await serveHttp((_, response) => {
      // The body never comes.
      response.writeHead(200, { 'content-length': '100001' }).flushHeaders();
    });
    const fetched = fetcherFor({ exemptHosts: [host] }).fetch(`http://${host}/`);
    await expect(fetched).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE', facts: { maxBytes: 100_000 } });
  });

  it('ends the connection of a body without end at the limit', async () => {
    const closed = awaitable();
    const { host } = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(16_384)));
      };
      socket.on('drain', more).once('close', closed.happen);
      more();
    });
    const fetched = fetcherFor({ exemptHosts: [host] }).fetch(`http://${host}/`);
    await expect(fetched).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    await closed.happened;
  });

  it('takes exactly the limit, and refuses a byte more', async () => {
    const { host } = await serveHttp((request, response) => {
      response.write(Buffer.alloc(Number(request.url?.slice(1))));
      response.end();
    });
    const fetcher = fetcherFor({ exemptHosts: [host] });
    expect(await fetcher.fetch(`http://${host}/100000`)).toHaveLength(100_000);
    await expect(fetcher.fetch(`http://${host}/100001`)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it('counts after decoding, and decodes what was compressed against its wish', async () => {
    const { host } = await serveHttp((request, response) => {
      const body = request.url === '/bomb' ? Buffer.alloc(50_000_000) : picture;
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
    });
    const fetcher = fetcherFor({ exemptHosts: [host] });
    expect(picture.equals(await fetcher.fetch(`http://${host}/`))).toBe(true);
    await expect(fetcher.fetch(`http://${host}/bomb`)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });
});

describe('image fetcher, of a server that misbehaves', () => {
  it.each([404, 401, 500, 304])('reports status %i', async (status) => {
    const { host } = await serveHttp((_, response) => response.writeHead(status).end());
    const fetched = fetcherFor({ exemptHosts: [host] }).fetch(`http://${host}/`);
    await expect(fetched).rejects.toMatchObject({
      code: 'IMAGE_FETCH_FAILED',
      message: expect.stringContaining(`status ${status}`) as unknown,
      facts: { status },
    });
  });

  it.each([
    ['a body shorter than its content-length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort'],
    ['two different content-lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a body that is not the gzip it says', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nplain'],
    ['an encoding that nobody knows', 'HTTP/1.1 200 OK\r\ncontent-encoding: lzma\r\n\r\nplain'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['nothing', ''],
  ])('fails on %s', async (_, answer) => {
    const { host } = await serveRaw((socket) => socket.end(answer));
    const fetched = fetcherFor({ exemptHosts: [host] }).fetch(`http://${host}/`);
    await expect(fetched).rejects.toMatchObject({ name: 'CodedError', code: 'IMAGE_FETCH_FAILED' });
  });

  it('reads no further than a content-length that is too small says', async () => {
    const { host } = await serveRaw((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcdefgh'),
    );
    const bytes = await fetcherFor({ exemptHosts: [host] }).fetch(`http://${host}/`);
    expect(Buffer.from(bytes).toString()).toBe('abc');
  });

  it('fails where nobody listens, without telling how', async () => {
    const { host, port } = await serveHttp((_, response) => response.end());
    const resolve: Resolve = () => Promise.resolve([{ address: '127.0.0.2', family: 4 }]);
    const fetched = fetcherFor({ exemptHosts: [`pictures.example:${port}`] }, resolve).fetch(
      `http://pictures.example:${port}/`,
    );
    await expect(fetched).rejects.toMatchObject({ code: 'IMAGE_FETCH_FAILED' });
    await expect(fetched).rejects.not.toThrow(/127|ECONN|refused/);
    expect(host).toContain(String(port));
  });
});

describe('image fetcher, out of time', () => {
  it('ends a body that drips, by a deadline over the whole', async () => {
    const closed = awaitable();
    const { host } = await serveHttp((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.once('close', () => {
        clearInterval(drip);
        closed.happen();
      });
    });
    const start = performance.now();
    const fetched = fetcherFor({ exemptHosts: [host], timeoutMs: 300 }).fetch(`http://${host}/`);
    await expect(fetched).rejects.toMatchObject({
      code: 'IMAGE_FETCH_FAILED',
      message: expect.stringContaining('within 300 ms') as unknown,
    });
    expect(performance.now() - start).toBeLessThan(3_000);
    await closed.happened;
  });

  it('counts redirects into the deadline', async () => {
    const { host } = await serveHttp((_, response) => {
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 150);
    });
    const fetched = fetcherFor({ exemptHosts: [host], timeoutMs: 400, maxRedirects: 1_000 }).fetch(
      `http://${host}/`,
    );
    await expect(fetched).rejects.toMatchObject({
      message: expect.stringContaining('within 400 ms') as unknown,
    });
  });

  it('does not wait for a name server that is silent', async () => {
    const silent: Resolve = () => new Promise(() => undefined);
    const fetched = fetcherFor({ timeoutMs: 200 }, silent).fetch('https://pictures.example/');
    await expect(fetched).rejects.toMatchObject({
      message: expect.stringContaining('within 200 ms') as unknown,
    });
  });

  it("ends with the caller's reason when he aborts, and closes the connection", async () => {
    const reason = new Error('client gone');
    const closed = awaitable();
    const controller = new AbortController();
    const { host } = await serveHttp((request, response) => {
      response.write('the first bytes');
      request.socket.once('close', closed.happen);
      controller.abort(reason);
    });
    const fetcher = fetcherFor({ exemptHosts: [host] });
    await expect(fetcher.fetch(`http://${host}/`, controller.signal)).rejects.toBe(reason);
    await closed.happened;
    await expect(fetcher.fetch(`http://${host}/`, controller.signal)).rejects.toBe(reason);
  });

  it('fails running downloads when it is closed', async () => {
    const reached = awaitable();
    const { host } = await serveHttp(reached.happen);
    const fetcher = fetcherFor({ exemptHosts: [host] });
    const fetched = fetcher.fetch(`http://${host}/`);
    fetched.catch(() => undefined);
    await reached.happened;
    await fetcher.close();
    await expect(fetched).rejects.toMatchObject({ code: 'IMAGE_FETCH_FAILED' });
  });
});
