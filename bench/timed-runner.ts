import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Kind } from '../src/inference/protocol.js';
import type { Runner } from '../src/inference/runner.js';

/** Stands for any tile, and any picture's file: nobody looks at what a fleet makes. */
const FILE = new Uint8Array(1000);

/**
 * Does what a worker asks of its inference thread in a set time, and computes nothing: all else that a worker does
 * is measured.
 * @param tileMs how long a tile takes
 */
export function timedRunner(tileMs: number): Runner {
  const answers: Partial<Record<Kind, (ask: Readonly<Record<string, unknown>>) => unknown>> = {
    openShared: ({ displayed }) => ({
      ...(displayed as object),
      channels: 3,
      pixels: new SharedArrayBuffer(0),
    }),
    upscaleTile: async () => {
      await delay(tileMs);
      return FILE;
    },
    startCanvas: ({ size }) => ({ ...(size as object), channels: 3 }),
    fillCanvas: () => null,
    encodeCanvas: async ({ target }) => {
      await writeFile(String(target), FILE);
      return FILE.byteLength;
    },
  };
  return {
    run: async (kind, ask) => {
      const answer = answers[kind];
      if (!answer) throw new Error(`A fleet's worker is not asked to ${kind}.`);
      const began = performance.now();
      const result = (await answer(ask)) as never;
      return { result, waited: 0, took: performance.now() - began };
    },
    warm: () => Promise.resolve(),
    backlog: 0,
    threads: 1,
    busyThreads: 0,
    stop: () => Promise.resolve(),
  };
}
