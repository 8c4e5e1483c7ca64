import type { GraphEditor } from '../onnx/graph-editor.js';
import type { BlobSizes } from './shape.js';

/** A constant of floats, without a detour by an array of numbers. */
export function constantOf(editor: GraphEditor, shape: BlobSizes, values: Float32Array): string {
  return editor.weights('float', shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
