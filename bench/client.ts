import { createClient } from 'graphql-ws';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { uploadOf, type Upload } from './multipart.js';

/** A client of the service, as anybody could write one: HTTP with multipart uploads, and a WebSocket to follow jobs. */
export interface Client {
  /** @throws Error when the service answers with an error */
  classify(picture: ClassifyRequest): Promise<void>;
  /** @returns the queued job's id */
  superResolve(image: Uint8Array, format?: OutputFormat, model?: string): Promise<string>;
  /** Waits until a job has ended. @returns its last status */
  followJob(id: string): Promise<string>;
  close(): Promise<void>;
}

export type OutputFormat = 'PNG' | 'JPEG';

/** A request that is ready to be sent, any number of times. */
export type ClassifyRequest = Upload & { readonly asks: 'classify' };

const CLASSIFY = 'mutation ($image: ImageInput!) { classify(image: $image) { labels { name score } } }';
const superResolve = (format: OutputFormat, model: string | undefined) =>
  `mutation ($image: ImageInput!) { superResolve(image: $image, format: ${format}${model === undefined ? '' : `, model: "${model}"`}) { id } }`;
const JOB_UPDATED = 'subscription ($id: ID!) { jobUpdated(id: $id) { status progress { fraction } } }';

const classified = z.object({ classify: z.object({ labels: z.array(z.unknown()).min(1) }) });
const queued = z.object({ superResolve: z.object({ id: z.string() }) });
const updated = z.object({ jobUpdated: z.object({ status: z.string() }) });
const response = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** Made beforehand: what a client needs to put a request together is no part of the measurement. */
export function classifyRequest(image: Uint8Array): ClassifyRequest {
  return { asks: 'classify', ...uploadOf(CLASSIFY, image) };
}

/** @param url the service's own address, without `/graphql` */
export function connect(url: string): Client {
  const pool = new Pool(url);
  const socket = createClient({ url: `${url.replace(/^http/, 'ws')}/graphql`, webSocketImpl: WebSocket });

  async function send({ headers, body }: Upload): Promise<unknown> {
    const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    return dataOf(await answer.body.json());
  }

  return {
    classify: async (request) => {
      classified.parse(await send(request));
    },
    superResolve: async (image, format = 'PNG', model) =>
      queued.parse(await send(uploadOf(superResolve(format, model), image))).superResolve.id,
    followJob: async (id) => {
      let status = '';
      for await (const event of socket.iterate({ query: JOB_UPDATED, variables: { id } })) {
        ({ status } = updated.parse(dataOf(event)).jobUpdated);
      }
      return status;
    },
    close: async () => {
      await socket.dispose();
      await pool.close();
    },
  };
}

function dataOf(answer: unknown): unknown {
  const { data, errors = [] } = response.parse(answer);
  if (errors.length === 0) return data;
  throw new Error(`The service answered: ${errors.map(({ message }) => message).join('; ')}`);
}
