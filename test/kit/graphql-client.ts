import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { operation } from './service-operations.js';

const errorShape = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string() }),
});
const answerShape = z.object({ data: z.unknown().optional(), errors: z.array(errorShape).default([]) });

export type ApiError = z.infer<typeof errorShape>;

/** What came back for one operation. */
export interface Answer {
  /** Of HTTP; 0 over WebSocket. */
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly ApiError[];
}

export interface File {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly type: string;
}

type Variables = Readonly<Record<string, unknown>>;

/** Speaks GraphQL with a service as its clients do: JSON and multipart over HTTP, and graphql-ws. */
export class GraphqlClient {
  readonly address: string;

  /**
   * @param url of the service, like `http://127.0.0.1:4000`
   * @param path where it answers
   */
  constructor(url: string, path = '/graphql') {
    this.address = `${url}${path}`;
  }

  /** Sends an operation as JSON. */
  post(query: string, variables: Variables = {}): Promise<Answer> {
    return this.send({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
  }

  /** Sends an operation whose variable `$image` is an uploaded file, as a GraphQL multipart request. */
  upload(query: string, file: File, variables: Variables = {}): Promise<Answer> {
    const form = new FormData();
    form.set('operations', JSON.stringify({ query, variables: { ...variables, image: { upload: null } } }));
    form.set('map', JSON.stringify({ 0: ['variables.image.upload'] }));
    form.set('0', new Blob([Buffer.from(file.bytes)], { type: file.type }), file.name);
    return this.send({ headers: { 'apollo-require-preflight': 'true' }, body: form });
  }

  /** Sends anything to the endpoint. */
  async send(request: RequestInit): Promise<Answer> {
    const response = await fetch(this.address, { method: 'POST', ...request });
    return { status: response.status, ...readAnswer(await response.json()) };
  }

  /**
   * Runs an operation of schema/operations that has to succeed.
   * @param shape what its data must look like
   * @throws with its errors, when there are any
   */
  async run<T>(name: string, shape: z.ZodType<T>, variables: Variables = {}): Promise<T> {
    return dataOf(await this.post(operation(name), variables), shape);
  }

  /** A connection of its own, open from the first operation until it is disposed of. It does not try again. */
  socket(): Client {
    return createClient({
      url: this.address.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazyCloseTimeout: 600_000,
    });
  }

  /**
   * The results of an operation over a WebSocket of its own: many of a subscription, one of a query. What the
   * server refuses comes as a result too.
   */
  async *stream(query: string, variables: Variables = {}): AsyncGenerator<Answer> {
    const client = this.socket();
    try {
      for await (const result of client.iterate({ query, variables: { ...variables } })) {
        yield { status: 0, ...readAnswer(result) };
      }
    } catch (refused) {
      yield { status: 0, ...readAnswer({ errors: refused }) };
    } finally {
      await client.dispose();
    }
  }

  /** The first result of an operation over a WebSocket. */
  async overSocket(query: string, variables: Variables = {}): Promise<Answer> {
    for await (const answer of this.stream(query, variables)) return answer;
    throw new Error('The operation ended without a result');
  }
}

/** @throws with the errors of an answer, when there are any */
export function dataOf<T>({ data, errors }: Answer, shape: z.ZodType<T>): T {
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return shape.parse(data);
}

function readAnswer(body: unknown): Omit<Answer, 'status'> {
  const { data, errors } = answerShape.parse(body);
  return { data, errors };
}
