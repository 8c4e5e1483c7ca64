import { beforeEach, describe, expect, it } from 'vitest';
import { encodeModel } from '../../src/convert/onnx/model.js';
import { floats } from '../../src/imaging/tensor.js';
import { SessionCache } from '../../src/inference/session-cache.js';
import type { LoadedSession } from '../../src/inference/session.js';
import type { PreparedModel } from '../../src/registry/prepared-model.js';
import { echo } from '../convert/onnx/tiny.js';
import { loadBytes } from '../kit/prepared.js';
import { modelOf } from '../tasks/colour-networks.js';
import { deferred, type Deferred } from './deferred.js';

const TINY = encodeModel(echo([1]));

describe('a session cache', () => {
  let loads: string[];
  let released: Map<string, Deferred<undefined>>;
  beforeEach(() => {
    loads = [];
    released = new Map(['a', 'b', 'c'].map((id) => [`${id}.onnx`, deferred<undefined>()]));
  });

  /** Loads a real session, and tells of it. */
  const load = async (file: string): Promise<LoadedSession> => {
    loads.push(file);
    const session = await loadBytes(TINY);
    const release = async () => {
      await session.release();
      released.get(file)?.resolve(undefined);
    };
    return { ...session, release };
  };

  it('loads a model once, however many ask for it at the same time', async () => {
    const cache = new SessionCache(load, { max: 2 });

    const sessions = await Promise.all([cache.get(model('a')), cache.get(model('a')), cache.get(model('a'))]);

    expect(loads).toEqual(['a.onnx']);
    expect(new Set(sessions).size).toBe(1);
    expect(await sessions[0].run({ in: floats(0.5) })).toMatchObject({
      out: { data: Float32Array.of(0.5) },
    });
  });

  it('keeps a model for those who come later', async () => {
    const cache = new SessionCache(load, { max: 2 });
    const first = await cache.get(model('a'));

    expect(await cache.get(model('a'))).toBe(first);
    expect(loads).toEqual(['a.onnx']);
  });

  it('forgets a failure: the next one who asks has it loaded anew', async () => {
    let isThere = false;
    const cache = new SessionCache(
      (file) => (isThere ? load(file) : Promise.reject(new Error('no such file'))),
      {
        max: 2,
      },
    );
    await expect(cache.get(model('a'))).rejects.toThrow('Model a cannot be loaded: no such file');

    isThere = true;

    await expect(cache.get(model('a'))).resolves.toHaveProperty('run');
  });

  it('fails for all who waited for the same load', async () => {
    const cache = new SessionCache(() => Promise.reject(new Error('no such file')), { max: 2 });

    const outcomes = await Promise.allSettled([cache.get(model('a')), cache.get(model('a'))]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('releases the model that was not used for longest', async () => {
    const cache = new SessionCache(load, { max: 2 });
    await cache.get(model('a'));
    await cache.get(model('b'));
    await cache.get(model('a'));

    await cache.get(model('c'));

    await released.get('b.onnx')?.promise;
    await cache.get(model('a'));
    expect(loads).toEqual(['a.onnx', 'b.onnx', 'c.onnx']);
  });

  it('loads a released model again', async () => {
    const cache = new SessionCache(load, { max: 1 });
    await cache.get(model('a'));
    await cache.get(model('b'));
    await released.get('a.onnx')?.promise;

    const session = await cache.get(model('a'));

    expect(loads).toEqual(['a.onnx', 'b.onnx', 'a.onnx']);
    expect(await session.run({ in: floats(2) })).toMatchObject({ out: { data: Float32Array.of(2) } });
  });

  it('lets memory stay only with networks whose runs are all of one size', async () => {
    const arenas: boolean[] = [];
    const cache = new SessionCache(
      (file, { arena }) => {
        arenas.push(arena);
        return load(file);
      },
      { max: 2 },
    );
    const anySize = { ...model('b'), input: { ...model('b').input, size: null } };

    await cache.get(model('a'));
    await cache.get(anySize);

    expect(arenas).toEqual([true, false]);
  });

  it('tells models apart by their prepared files: a changed one is another', async () => {
    const cache = new SessionCache(load, { max: 3 });
    await cache.get(model('a'));

    await cache.get({ ...model('a'), file: 'b.onnx' });

    expect(loads).toEqual(['a.onnx', 'b.onnx']);
  });
});

function model(id: string): PreparedModel {
  return modelOf({ parser: 'softmax-top-k', logits: false }, { width: 1, height: 1 }, 'stretch', id);
}
