/** Jobs whose updates end, or are refused for now, before the job is over. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { connect, type Connection } from '../../src/client/connection.js';
import { followJob, type JobListener } from '../../src/client/follow-job.js';
import type { Patience } from '../../src/client/outage.js';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What the server says to each subscription in turn; the last goes for all that follow. */
async function serverOf(...answers: readonly (readonly object[])[]) {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  let asked = 0;
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { type, id } = JSON.parse(String(data)) as { type: string; id?: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type !== 'subscribe') return;
      const said = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      for (const message of said) socket.send(JSON.stringify({ id, ...message }));
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
  const connection = connect({ url, webSocket: WebSocket });
  ends.push(
    () => connection.close(),
    () => {
      for (const socket of sockets.clients) socket.terminate();
      http.close();
    },
  );
  return { connection, asked: () => asked };
}

const state = (status: string) => ({
  type: 'next',
  payload: { data: { jobUpdated: { id: 'sr-1', status } } },
});
const COMPLETE = { type: 'complete' };
const refused = (extensions: object) => ({ type: 'error', payload: [{ message: 'No.', extensions }] });

function followed({ client }: Connection, patience?: Patience): Promise<string[]> {
  return new Promise((resolve) => {
    const seen: string[] = [];
    const listener: JobListener = {
      next: ({ status }) => seen.push(status),
      end: () => resolve([...seen, 'end']),
      fail: ({ message }) => resolve([...seen, message]),
    };
    followJob(client, 'sr-1', listener, patience);
  });
}

test('updates end after the last state, of which nothing is told twice', async () => {
  const { connection, asked } = await serverOf([state('RUNNING'), state('COMPLETED'), COMPLETE]);
  expect(await followed(connection)).toEqual(['RUNNING', 'COMPLETED', 'end']);
  expect(asked()).toBe(1);
});

test('a job whose updates end before it is asked for anew', async () => {
  const { connection } = await serverOf(
    [state('QUEUED'), COMPLETE],
    [COMPLETE],
    [state('RUNNING'), state('FAILED'), COMPLETE],
  );
  expect(await followed(connection)).toEqual(['QUEUED', 'RUNNING', 'FAILED', 'end']);
});

test('a refusal that tells when to come again is none', async () => {
  const { connection } = await serverOf(
    [state('QUEUED'), refused({ code: 'QUEUE_UNAVAILABLE', retryAfterMs: 10 })],
    [state('CANCELED'), COMPLETE],
  );
  expect(await followed(connection)).toEqual(['QUEUED', 'CANCELED', 'end']);
});

test('any other refusal is told at once', async () => {
  const { connection, asked } = await serverOf([refused({ code: 'JOB_NOT_FOUND' })]);
  expect(await followed(connection)).toEqual(['[GraphQL] No.']);
  expect(asked()).toBe(1);
});

test('updates that always end before the job are not asked for without end', async () => {
  const { connection, asked } = await serverOf([state('RUNNING'), COMPLETE]);
  const seen = await followed(connection, { forMs: 2000, longestPauseMs: 500 });
  expect(seen.at(-1)).toContain('the updates of the job ended before the job did');
  expect(asked()).toBeGreaterThan(2);
  expect(asked()).toBeLessThan(30);
});
