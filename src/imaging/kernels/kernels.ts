/** The compiled inner loops of scaling, and the memory that they work in; kernels.wat says what each takes. */
import { WASM } from './wasm.js';

interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void };
  pack(from: number, to: number, pixels: number): void;
  unpack(from: number, to: number, pixels: number): void;
  mixColumns(from: number, to: number, first: number, weights: number, pairs: number, results: number): void;
  mixRows(from: number, to: number, stride: number, weights: number, taps: number, pixels: number): void;
}

const PAGE_BYTES = 65_536;
/** A memory never shrinks: one that an unusually long picture has made larger is not kept. */
const MAX_KEPT_BYTES = 32_000_000;
/** What the loops may touch behind the last byte that is asked for. */
const SLACK = 16;

/** The types of Node.js do not know it yet, and those of browsers are not ours. */
const { Module, Instance } = (
  globalThis as unknown as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object) => { readonly exports: Kernels };
    };
  }
).WebAssembly;

let compiled: object | undefined;
let kept: Kernels | undefined;

function open(): Kernels {
  compiled ??= new Module(Buffer.from(WASM, 'base64'));
  return new Instance(compiled).exports;
}

/**
 * Lends this thread's kernels, with places in their memory. Nothing may be waited for meanwhile.
 * @param sizes bytes of each place; what is in them is left from before
 */
export function withKernels(
  sizes: readonly number[],
  work: (kernels: Kernels, bytes: Uint8Array, places: readonly number[]) => void,
): void {
  const kernels = kept ?? open();
  let end = 0;
  const places = sizes.map((size) => {
    const place = end;
    end = Math.ceil((end + size + SLACK) / SLACK) * SLACK;
    return place;
  });
  const lacking = end - kernels.memory.buffer.byteLength;
  if (lacking > 0) kernels.memory.grow(Math.ceil(lacking / PAGE_BYTES));
  work(kernels, new Uint8Array(kernels.memory.buffer), places);
  kept = kernels.memory.buffer.byteLength > MAX_KEPT_BYTES ? undefined : kernels;
}
