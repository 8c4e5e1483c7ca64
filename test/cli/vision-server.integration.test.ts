import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService, type TestService } from '../kit/service.js';
import { okulo } from './run-okulo.js';
import { visionSuite } from './vision-suite.js';

const PICTURE = resolve('images/classification/orange.jpg');

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

visionSuite('the commands, against a server', () => ({ args: ['--server', service.url], env: {} }));

test('the environment names the server, with or without /graphql', async () => {
  for (const OKULO_SERVER of [service.url, `${service.url}/graphql`])
    expect((await okulo(['classify', PICTURE], { OKULO_SERVER })).code).toBe(0);
});

test('where nothing is written, a result has its address', async () => {
  const args = [
    'super-resolve',
    resolve('images/super-resolution/street-corner.png'),
    '--no-out',
    '--server',
    service.url,
  ];
  const { code, stdout } = await okulo(args);
  expect(code).toBe(0);
  const [address = ''] = /http:\S+/.exec(stdout) ?? [];
  expect((await fetch(address)).headers.get('content-type')).toBe('image/png');
});

test.each([
  ['a server that is not there', 'http://127.0.0.1:1', /ECONNREFUSED|bad port/],
  ['an address without a server', 'http://nowhere.invalid', /ENOTFOUND|EAI_AGAIN/],
])('%s is told once, with what to do', async (_title, server, reason) => {
  const { code, stdout, stderr } = await okulo(['classify', PICTURE, PICTURE, '--server', server]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(reason);
  expect(stderr).toMatch(/^Cannot use the server at http.* with --local\.\n$/);
});

test.each(['{"data":{}}', '{"data":null}', '{"data":{"models":[1]}}', '{}', '[]', 'null', '<html></html>'])(
  'a server that answers %s is told as none',
  async (answer) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await okulo([
      'classify',
      PICTURE,
      '--server',
      `http://127.0.0.1:${port}`,
    ]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Cannot use the server at .* not as Okulo does\. .*\n$/);
    server.close();
  },
);

test('something else than Okulo is told as such', async () => {
  const { code, stderr } = await okulo(['classify', PICTURE, '--server', `${service.url}/elsewhere`]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/HTTP status 404, and not as Okulo does/);
});
