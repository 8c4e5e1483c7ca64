/** A publisher of models that is slow, broken or right, and a manifest of models that only it has. */
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../registry/model-folder.js';

/** What it does when it is asked for a file. */
export type Responder = (response: ServerResponse, path: string) => void;

export const missing: Responder = (response) => response.writeHead(404).end();

export interface ModelPublisher {
  /** For a service that fetches from it; nothing is asked of the world outside. */
  readonly env: () => NodeJS.ProcessEnv;
  /** The network that it publishes: the built-in classifier's. */
  readonly bytes: Buffer;
  /** The paths that were asked for. */
  readonly asked: string[];
  answer: Responder;
  /** Sends half of a file; the rest when what it returns is called. */
  readonly sendInHalves: () => () => void;
  readonly stop: () => Promise<void>;
}

const shipped = z.object({
  models: z.array(z.looseObject({ id: z.string(), origin: z.string(), notes: z.string().optional() })),
});

/** Members of a manifest entry that are unlike those of the built-in classifier. */
interface Unlike {
  readonly digest?: string;
  readonly [member: string]: unknown;
}

/** @param models by their ids */
export async function startModelPublisher(
  models: Readonly<Record<string, Unlike>> = {},
): Promise<ModelPublisher> {
  const bytes = await readFile(resolve('models/builtin/classifier/model.onnx'));
  const folder = await mkdtemp(join(tmpdir(), 'okulo-publisher-'));
  const publisher: { answer: Responder; readonly asked: string[] } = { answer: missing, asked: [] };
  const server = createServer((request, response) => {
    publisher.asked.push(request.url ?? '');
    publisher.answer(response, request.url ?? '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const { models: known } = shipped.parse(JSON.parse(await readFile('models/manifest.json', 'utf8')));
  const builtIn = known.find(({ id }) => id === 'builtin-classifier');
  const like = (id: string, { digest = sha256(bytes), ...more }: Unlike) => {
    const url = `http://127.0.0.1:${port}/${id}.onnx`;
    const file = { name: 'model.onnx', url, digest, bytes: bytes.byteLength };
    const labels = resolve('models/builtin/classifier/labels.txt');
    return { ...builtIn, ...{ id, labels, better: undefined, files: [file] }, ...more };
  };
  const absent = known.filter(({ origin }) => origin === 'OFFICIAL');
  const manifest = join(folder, 'manifest.json');
  const entries = [
    ...absent.map(({ id }) => like(id, { defaultRank: undefined, title: `Published ${id}`, ...models[id] })),
    ...Object.entries(models)
      .filter(([id]) => !absent.some((entry) => entry.id === id))
      .map(([id, more]) => like(id, more)),
  ];
  await writeFile(manifest, JSON.stringify({ models: entries }));

  let caches = 0;
  return Object.assign(publisher, {
    bytes,
    env: () => ({
      MODEL_MANIFESTS: manifest,
      MODEL_CACHE: join(folder, `cache-${(caches += 1)}`),
      MODEL_DOWNLOADS: 'on',
    }),
    sendInHalves: () => {
      const half = Math.floor(bytes.byteLength / 2);
      const released = new EventEmitter();
      publisher.answer = (response) => {
        response.writeHead(200, { 'content-length': bytes.byteLength });
        response.write(bytes.subarray(0, half));
        released.once('now', () => response.end(bytes.subarray(half)));
      };
      return () => released.emit('now');
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  });
}
