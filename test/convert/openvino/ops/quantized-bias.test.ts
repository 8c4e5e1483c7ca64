import { describe, expect, it } from 'vitest';
import { GraphEditor } from '../../../../src/convert/onnx/graph-editor.js';
import { quantizedBias } from '../../../../src/convert/openvino/ops/quantized-bias.js';
import type { Value } from '../../../../src/convert/openvino/value.js';

function bias(...values: number[]): Value {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  const dims = [values.length];
  return { dims, type: 'float', constant: { type: 'f32', dims, bytes }, name: () => 'bias' };
}

describe('the bias of a quantized convolution', () => {
  const quantized = (value: number, scale: number) =>
    quantizedBias(new GraphEditor('test'), bias(0, value), [scale], [1]);

  it('is stored in 32 bits where its multiple fits them', () => {
    expect(quantized(2 ** 30, 1)).toBeDefined();
    expect(quantized(-(2 ** 30), 0.75)).toBeDefined();
  });

  it('stays as it is where that would wrap', () => {
    expect(quantized(2 ** 31, 1)).toBeUndefined();
    expect(quantized(-(2 ** 33), 1)).toBeUndefined();
    expect(quantized(2 ** 30, 0.25)).toBeUndefined();
  });
});
