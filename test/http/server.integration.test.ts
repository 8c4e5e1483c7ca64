import { Router } from 'express';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpServer, listen, ListenError } from '../../src/http/server.js';
import { runApp } from './running-app.js';

test('port 0 is one that the system chooses, and it is told', async () => {
  const { server } = createHttpServer({ keepAliveTimeoutMs: 5000 });
  const port = await listen(server, '127.0.0.1', 0);
  onTestFinished(() => void server.close());
  expect(port).toBeGreaterThan(1023);
});

test('a port that is taken is told with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const listening = listen(createHttpServer({ keepAliveTimeoutMs: 5000 }).server, '127.0.0.1', port);
  await expect(listening).rejects.toBeInstanceOf(ListenError);
  await expect(listening).rejects.toThrow(
    `The service cannot listen on 127.0.0.1:${port}: something else listens there already. Set PORT to another one.`,
  );
});

test('an address that is not of this machine is told', async () => {
  const listening = listen(createHttpServer({ keepAliveTimeoutMs: 5000 }).server, '192.0.2.1', 0);
  await expect(listening).rejects.toBeInstanceOf(ListenError);
  await expect(listening).rejects.toThrow('192.0.2.1:0');
});

test('what is not there is told where the service is', async () => {
  const { url } = await runApp([]);
  const response = await fetch(`${url}/graphqll`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    code: 'NOT_FOUND',
    message: 'Nothing is at this address. The service is at /graphql.',
  });
});

test('answers do not say what they were made with, and are not guessed at', async () => {
  const { headers } = await fetch(`${(await runApp([])).url}/`);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
});

test('a service on plain HTTP does not tell browsers to leave it', async () => {
  const { headers } = await fetch(`${(await runApp([])).url}/`);
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('routes are asked in their order', async () => {
  const answering = (word: string) => Router().get('/word', (_request, response) => void response.send(word));
  const { url } = await runApp([answering('first'), answering('second')]);
  expect(await (await fetch(`${url}/word`)).text()).toBe('first');
});
