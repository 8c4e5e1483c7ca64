import { expect } from 'vitest';
import type { GraphqlClient, Answer } from '../kit/graphql-client.js';
import { inBase64, picture } from '../kit/service-pictures.js';

/** Words of the inside: paths, stacks, names of libraries, and values that were not meant to be shown. */
const INTERNAL =
  /node_modules|\/(?:tmp|home|root|usr|app|dist|src)\b|\.[jt]s\b|:\d+:\d+|\bat \S+ \(|vips|sharp|libspng|piscina|onnxruntime|bullmq|redis|pglite|undici|busboy|\[object|undefined|\wError\b/i;

/** Expects one error with a code, told in words that are fit for anybody. */
export function expectRefused(answer: Answer, code: string): void {
  expect(answer.errors).toHaveLength(1);
  expectFaults(answer, code);
}

/** Expects at least one error, each with that code and told in words that are fit for anybody. */
export function expectFaults({ errors }: Answer, code: string): void {
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set([code]));
  for (const { message, extensions } of errors) {
    expect(message).toMatch(/^\S.{10,}\S$/s);
    expect(message).not.toMatch(INTERNAL);
    expect(JSON.stringify(extensions)).not.toMatch(INTERNAL);
  }
}

/** Expects that a service does its work. */
export async function expectAlive(client: GraphqlClient): Promise<void> {
  const query = 'mutation ($image: ImageInput!) { classify(image: $image, topK: 1) { labels { index } } }';
  const { data, errors } = await client.post(query, { image: inBase64(await picture()) });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ classify: { labels: [{}] } });
}

/** The ways that an operation can be sent. */
export const WAYS = [
  {
    way: 'HTTP',
    send: (client: GraphqlClient, query: string, variables = {}) => client.post(query, variables),
  },
  {
    way: 'WebSocket',
    send: (client: GraphqlClient, query: string, variables = {}) => client.overSocket(query, variables),
  },
];
