import { describe, expect, it } from 'vitest';
import { buffersOf, movableBuffer, withOwnBuffers } from '../../src/inference/transfer.js';

describe('a value with own buffers', () => {
  it('is equal to the original, to any depth', () => {
    const value = {
      list: [{ bytes: Uint8Array.of(1, 2) }, null, undefined, 'text', 4, true],
      image: Buffer.from('pooled'),
    };

    expect(withOwnBuffers(value)).toEqual({ ...value, image: new Uint8Array(Buffer.from('pooled')) });
  });

  it("holds no byte of the original's memory, nor more than it needs", () => {
    const large = new Uint8Array(1000).fill(7);

    const own = withOwnBuffers({ part: large.subarray(10, 20) }) as { part: Uint8Array };
    large.fill(0);

    expect(own.part).toEqual(new Uint8Array(10).fill(7));
    expect(own.part.buffer.byteLength).toBe(10);
  });

  it('leaves shared memory shared', () => {
    const pixels = new SharedArrayBuffer(4);

    expect(withOwnBuffers({ pixels })).toHaveProperty('pixels', pixels);
  });

  it('can be moved as a whole', () => {
    const same = Uint8Array.of(1, 2, 3);
    const own = withOwnBuffers({ first: same, second: same.subarray(1) });

    const moved = structuredClone(own, { transfer: buffersOf(own) });

    expect(moved).toEqual({ first: same, second: same.subarray(1) });
    expect(buffersOf(own).map(({ byteLength }) => byteLength)).toEqual([0, 0]);
  });
});

describe('the buffers of a value', () => {
  it('are found to any depth', () => {
    const [a, b] = [new Uint8Array(3), new Uint8Array(4)];

    expect(buffersOf({ a, list: [{ b }, [null]] })).toEqual([a.buffer, b.buffer]);
  });

  it('do not include shared memory, which cannot move', () => {
    expect(buffersOf({ shared: new Uint8Array(new SharedArrayBuffer(8)) })).toEqual([]);
  });

  it('are none where there are no bytes', () => {
    for (const value of [null, undefined, 1, 'text', {}, [], new Date(0)])
      expect(buffersOf(value)).toEqual([]);
  });
});

describe('a buffer may be moved', () => {
  it('when a byte array has it to itself', () => {
    const bytes = new Uint8Array(10);

    expect(movableBuffer(bytes)).toEqual([bytes.buffer]);
  });

  it('but not when others live in it', () => {
    expect(movableBuffer(Buffer.from('a small buffer comes out of a pool'))).toEqual([]);
    expect(movableBuffer(new Uint8Array(10).subarray(1))).toEqual([]);
  });

  it('but not when it is shared', () => {
    expect(movableBuffer(new Uint8Array(new SharedArrayBuffer(10)))).toEqual([]);
  });
});
