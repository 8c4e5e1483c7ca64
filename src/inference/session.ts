/** The only file that imports onnxruntime-node. */
import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Network, Tensor, Tensors } from '../imaging/tensor.js';

/** A network that holds native memory until it is released. */
export interface Session extends Network {
  release(): Promise<void>;
}

/** The inputs and outputs of a graph by name, to hold a prepared file against what its task expects. */
export interface LoadedSession extends Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Loads a baked graph.
 * @param graph the path of its ONNX file, or the file's bytes
 * @param options `intraOpThreads`: threads that one run may use; `spin`: whether they wait busily for the next
 *   operator, which helps only while there are cores to spare; `arena`: whether memory is kept from run to run, which
 *   is bounded for a network whose runs are all of one size; `profileTo`: how the path begins of the profile that is
 *   written when the session is released
 * @throws Error when the runtime cannot load it
 */
export async function loadSession(
  graph: string | Uint8Array,
  options: { intraOpThreads: number; spin: boolean; arena?: boolean; profileTo?: string },
): Promise<LoadedSession> {
  const settings: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: options.intraOpThreads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // What goes wrong is thrown as well; the runtime would print it a second time, past the log.
    logSeverityLevel: 4,
    // An arena grows to the largest run and never shrinks; tiles and masks come in many sizes.
    enableCpuMemArena: options.arena ?? false,
    ...(options.profileTo !== undefined && {
      enableProfiling: true,
      profileFilePrefix: options.profileTo,
    }),
    extra: { session: { intra_op: { allow_spinning: options.spin ? '1' : '0' } } },
  };
  const session = await (typeof graph === 'string'
    ? InferenceSession.create(graph, settings)
    : InferenceSession.create(graph, settings));
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (feeds) => fromRuntime(await session.run(toRuntime(feeds))),
    release: () => session.release(),
  };
}

function toRuntime(tensors: Tensors): Record<string, RuntimeTensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { type, data, dims }]) => [
      name,
      new RuntimeTensor(type, data, dims),
    ]),
  );
}

function fromRuntime(tensors: InferenceSession.OnnxValueMapType): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, tensorOf(name, value)]));
}

function tensorOf(name: string, { type, data, dims }: RuntimeTensor): Tensor {
  if (type === 'float32' && data instanceof Float32Array) return { type, data, dims };
  if (type === 'uint8' && data instanceof Uint8Array) return { type, data, dims };
  if (type === 'int32' && data instanceof Int32Array) return { type, data, dims };
  if (type === 'int64' && data instanceof BigInt64Array) return { type, data, dims };
  throw new Error(`The network's output '${name}' has type ${type}, which no task reads`);
}
