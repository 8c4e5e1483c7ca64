/** Images that the service downloads: from the internet, or from a host that its operator has exempted. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { expectAlive, expectRefused } from './refusal.js';

const CLASSIFY = 'mutation ($image: ImageInput!) { classify(image: $image) { image { width height } } }';
const MAX_BYTES = 100_000;

let images: Server;
let store: string;
let service: TestService;
let client: GraphqlClient;

beforeAll(async () => {
  const bytes = await picture();
  images = createServer((request, response) => {
    switch (request.url) {
      case '/picture.png':
        response.end(bytes);
        return;
      case '/text.png':
        response.end('<html>nothing to see</html>');
        return;
      case '/large.png':
        response.end(Buffer.alloc(MAX_BYTES + 1));
        return;
      case '/inside':
        response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
        return;
      case '/file':
        response.writeHead(302, { location: 'file:///etc/passwd' }).end();
        return;
      case '/round':
        response.writeHead(302, { location: '/round' }).end();
        return;
      default:
        response.writeHead(404).end('no such picture');
    }
  }).listen(0, '127.0.0.1');
  await once(images, 'listening');
  const address = images.address();
  if (address === null || typeof address === 'string') throw new TypeError('expected a TCP address');
  const host = `127.0.0.1:${address.port}`;
  store = `http://${host}`;
  service = await startService({ env: { URL_EXEMPT_HOSTS: host, MAX_UPLOAD_BYTES: String(MAX_BYTES) } });
  client = new GraphqlClient(service.url);
});
afterAll(async () => {
  await service.stop();
  images.closeAllConnections();
  images.close();
});
afterEach(() => expectAlive(client));

describe('an exempt host', () => {
  it('is asked for the picture', async () => {
    const { data, errors } = await client.post(CLASSIFY, { image: { url: `${store}/picture.png` } });
    expect(errors).toEqual([]);
    expect(data).toEqual({ classify: { image: { width: 160, height: 120 } } });
  });

  it.each([
    ['has no such picture', '/other.png', 'IMAGE_FETCH_FAILED'],
    ['sends what is no picture', '/text.png', 'BAD_IMAGE'],
    ['sends too many bytes', '/large.png', 'IMAGE_TOO_LARGE'],
    ['sends on to an address inside', '/inside', 'URL_FORBIDDEN'],
    ['sends on to a file', '/file', 'URL_FORBIDDEN'],
    ['sends on in circles', '/round', 'IMAGE_FETCH_FAILED'],
  ])('that %s is told of', async (_what, path, code) => {
    expectRefused(await client.post(CLASSIFY, { image: { url: `${store}${path}` } }), code);
  });

  it('is exempt on its own port only', async () => {
    expectRefused(await client.post(CLASSIFY, { image: { url: 'http://127.0.0.1:8080/' } }), 'URL_FORBIDDEN');
  });
});

describe('an address inside', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'file:///etc/passwd',
    'ftp://example.com/picture.png',
    'data:image/png;base64,AAAA',
    'http://user:password@example.com/',
    'http://example.com:22/',
  ])('%s is forbidden', async (url) => {
    expectRefused(await client.post(CLASSIFY, { image: { url } }), 'URL_FORBIDDEN');
  });
});
