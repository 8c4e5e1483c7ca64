import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TaskProtection, type TaskProtectionOptions } from '../../../src/jobs/worker/task-protection.js';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: unknown;
}
type Answer = (response: ServerResponse, wanted: boolean) => void;

const TASK = 'arn:aws:ecs:eu-central-1:111122223333:task/okulo/1';
const obliging: Answer = (response, wanted) =>
  response.end(JSON.stringify({ protection: { ProtectionEnabled: wanted, TaskArn: TASK } }));
const refusing: Answer = (response) =>
  response
    .writeHead(400)
    .end(JSON.stringify({ failure: { Arn: TASK, Reason: 'TASK_NOT_VALID', Detail: 'no service' } }));

/** An agent as ECS has it beside each container. */
async function agent(answer: Answer) {
  const asked: Asked[] = [];
  const behaviour = { answer };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += String(part)));
    request.on('end', () => {
      const body = JSON.parse(text) as { ProtectionEnabled: boolean };
      asked.push({ method: request.method, url: request.url, body });
      behaviour.answer(response, body.ProtectionEnabled);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { uri: `http://127.0.0.1:${port}/api/0123`, asked, behaviour };
}

function protectedBy(agentUri: string, options: Partial<TaskProtectionOptions> = {}) {
  const onTurn = vi.fn();
  const protection = new TaskProtection({ agentUri, onTurn, limitMs: 500, lingerMs: 20, ...options });
  onTestFinished(() => protection.stop());
  return { protection, onTurn };
}

const wanted = (asked: readonly Asked[]) =>
  asked.map(({ body }) => (body as { ProtectionEnabled: boolean }).ProtectionEnabled);

test('a task is protected before its first job begins, and until it has been idle for a while', async () => {
  const { uri, asked } = await agent(obliging);
  const { protection } = protectedBy(uri);
  await protection.during(() => {
    expect(asked).toEqual([
      {
        method: 'PUT',
        url: '/api/0123/task-protection/v1/state',
        body: { ProtectionEnabled: true, ExpiresInMinutes: 10 },
      },
    ]);
    return Promise.resolve();
  });
  await vi.waitFor(() => expect(asked.at(-1)?.body).toEqual({ ProtectionEnabled: false }));
  expect(asked).toHaveLength(2);
});

test('jobs that overlap or follow each other are one piece of work', async () => {
  const { uri, asked } = await agent(obliging);
  const { protection } = protectedBy(uri, { lingerMs: 200 });
  const job = () => protection.during(() => vi.waitFor(() => expect(asked).not.toEqual([])));
  await Promise.all([job(), job(), job()]);
  await job();
  await vi.waitFor(() => expect(wanted(asked)).toEqual([true, false]));
});

test('a long job has its protection renewed', async () => {
  const { uri, asked } = await agent(obliging);
  const { protection } = protectedBy(uri, { renewEveryMs: 20 });
  await protection.during(() => vi.waitFor(() => expect(asked.length).toBeGreaterThan(3)));
  expect(new Set(wanted(asked.slice(0, 4)))).toEqual(new Set([true]));
});

test('the result, or the failure, is that of the job', async () => {
  const { uri } = await agent(obliging);
  const { protection } = protectedBy(uri);
  await expect(protection.during(() => Promise.resolve(7))).resolves.toBe(7);
  await expect(protection.during(() => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
});

test('protection is given up when the worker stops', async () => {
  const { uri, asked } = await agent(obliging);
  const { protection } = protectedBy(uri, { lingerMs: 60_000 });
  await protection.during(() => Promise.resolve());
  await protection.stop();
  expect(wanted(asked)).toEqual([true, false]);
});

test('an agent that is slow delays one job by its limit, and no other one', async () => {
  const { uri, behaviour } = await agent(() => undefined);
  const { protection, onTurn } = protectedBy(uri, { limitMs: 100 });
  const start = performance.now();
  await protection.during(() => Promise.resolve());
  expect(performance.now() - start).toBeGreaterThan(90);
  const second = performance.now();
  await protection.during(() => Promise.resolve());
  expect(performance.now() - second).toBeLessThan(60);
  expect(onTurn).toHaveBeenCalledOnce();
  behaviour.answer = obliging;
  await vi.waitFor(async () => {
    await protection.during(() => Promise.resolve());
    expect(onTurn).toHaveBeenLastCalledWith(undefined);
  });
});

test.each<[string, Answer, string]>([
  ['refuses', refusing, 'no service'],
  [
    'throttles',
    (response) =>
      response.writeHead(400).end(JSON.stringify({ error: { Code: 'ThrottlingException', Message: null } })),
    'ThrottlingException',
  ],
  ['answers something else', (response) => response.writeHead(500).end('<html>'), 'status 500'],
  ['hangs up', (response) => response.destroy(), 'fetch failed'],
  [
    'does not do it',
    (response) => response.end(JSON.stringify({ protection: { ProtectionEnabled: false } })),
    'the agent leaves it as it was',
  ],
])('an agent that %s fails no job, and is told once', async (_what, answer, reason) => {
  const { uri } = await agent(answer);
  const { protection, onTurn } = protectedBy(uri);
  for (let n = 0; n < 5; n += 1) expect(await protection.during(() => Promise.resolve(n))).toBe(n);
  await protection.stop();
  expect(onTurn).toHaveBeenCalledOnce();
  expect(String(onTurn.mock.calls[0]?.[0])).toContain(reason);
});

test('an agent that is not there fails no job', async () => {
  const { protection, onTurn } = protectedBy('http://127.0.0.1:1');
  expect(await protection.during(() => Promise.resolve('done'))).toBe('done');
  expect(onTurn).toHaveBeenCalledOnce();
});
