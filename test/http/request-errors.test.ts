import express, { Router } from 'express';
import { graphqlUploadExpress } from 'graphql-upload-ts';
import { expect, test } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { runApp, type RunningApp } from './running-app.js';

interface Reply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly logged: string[];
}

/** An application with the body readers of the GraphQL routes, and a route that fails. */
function app(): Promise<RunningApp> {
  const router = Router();
  router.use('/read', express.json({ limit: 100 }), graphqlUploadExpress({ maxFileSize: 100, maxFiles: 1 }));
  router.get('/broken', () => {
    throw new Error('connect ECONNREFUSED 10.0.0.7:6379');
  });
  for (const status of [500, 503])
    router.get(`/refused/${status}`, () => {
      throw Object.assign(new Error('internal words'), { status });
    });
  router.get('/full', () => {
    throw new CodedError('STORAGE_UNAVAILABLE', 'The disk is full.', { facts: { retryAfterMs: 1500 } });
  });
  router.get('/half', (_request, response) => {
    response.write('half of ');
    throw new Error('the rest is missing');
  });
  return runApp([router]);
}

async function send(path: string, init?: RequestInit): Promise<Reply> {
  const { url, logged } = await app();
  const response = await fetch(url + path, init);
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  expect(errors).toHaveLength(1);
  const [error] = errors;
  return {
    status: response.status,
    message: error?.message ?? '',
    code: error?.extensions.code ?? '',
    logged,
  };
}

function post(body: string | FormData, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body, headers };
}

const JSON_BODY = { 'content-type': 'application/json' };

test('a body that is no JSON is the client’s fault, in GraphQL’s own form', async () => {
  const { status, code, message, logged } = await send('/read', post('{"query": ', JSON_BODY));
  expect([status, code]).toEqual([400, 'BAD_REQUEST']);
  expect(message).toMatch(/^The request cannot be read: .*JSON/);
  expect(logged).toEqual([]);
});

test('a body that is too large is told so', async () => {
  const { status, code, message } = await send('/read', post(`"${'x'.repeat(200)}"`, JSON_BODY));
  expect([status, code]).toEqual([413, 'IMAGE_TOO_LARGE']);
  expect(message).toBe('The request is too large. Send a smaller image.');
});

test('a body in an unknown character set is the client’s fault', async () => {
  const type = { 'content-type': 'application/json; charset=klingon' };
  const { status, code } = await send('/read', post('{}', type));
  expect([status, code]).toEqual([415, 'BAD_REQUEST']);
});

test('a multipart body that is no GraphQL request is the client’s fault', async () => {
  const form = new FormData();
  form.set('file', new Blob(['x']), 'x.png');
  const { status, code, message } = await send('/read', post(form));
  expect([status, code]).toEqual([400, 'BAD_REQUEST']);
  expect(message).toMatch(/^The request cannot be read: .*multipart/);
});

test('more files than are accepted are told so', async () => {
  const form = new FormData();
  form.set('operations', '{"variables":{"a":null,"b":null}}');
  form.set('map', '{"1":["variables.a"],"2":["variables.b"]}');
  form.set('1', new Blob(['x']), '1.png');
  form.set('2', new Blob(['x']), '2.png');
  const { status, code, message } = await send('/read', post(form));
  expect([status, code]).toEqual([413, 'BAD_REQUEST']);
  expect(message).toContain('1 max file uploads exceeded');
});

test.each(['/broken', '/refused/500', '/refused/503'])(
  'a defect (%s) is logged and not shown',
  async (path) => {
    const { status, code, message, logged } = await send(path);
    expect([status, code]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
    expect(message).toBe('Something went wrong in the service. It has been logged.');
    expect(logged.join()).toMatch(/ECONNREFUSED|internal words/);
  },
);

test('an error with a code is told with its status, its facts, and when to try again', async () => {
  const { url, logged } = await app();
  const response = await fetch(`${url}/full`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await response.json()).toEqual({
    errors: [
      { message: 'The disk is full.', extensions: { code: 'STORAGE_UNAVAILABLE', retryAfterMs: 1500 } },
    ],
  });
  expect(logged).toEqual([]);
});

test('an answer that has begun already is broken off rather than finished wrongly', async () => {
  const { url } = await app();
  const response = await fetch(`${url}/half`);
  await expect(response.text()).rejects.toThrow('terminated');
});
