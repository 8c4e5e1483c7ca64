import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ELEMENT } from '../../../src/convert/onnx/messages.js';
import { decodeModel } from '../../../src/convert/onnx/model.js';
import type { LoadedSession } from '../../../src/inference/session.js';
import { loadBytes } from '../../kit/prepared.js';
import { superResolutionFeeds } from './picture.js';
import { converted, expectStatistics, floatsOf, psnr, reference, type Reference } from './references.js';

/** Decibels. Measured: 47.2; where a value lies between two steps the two runtimes may take different ones. */
const MIN_PSNR_TO_OPENVINO = 45;
/** Decibels, on a picture that is a quarter noise. Measured: 34.4, as between the two nets in OpenVINO (34.1). */
const MIN_PSNR_TO_SINGLE = 33;
const REFERENCE = 'single-image-super-resolution-1032-fp16-int8-96x128';

describe.skipIf(inject('shared') === null)('the 8-bit super resolution net, converted', () => {
  let bytes: Uint8Array;
  let session: LoadedSession;
  let expected: Reference;
  let answer: Float32Array;

  beforeAll(async () => {
    bytes = await converted('superResolutionInt8', { dynamicSpatial: true });
    session = await loadBytes(bytes);
    expected = await reference(REFERENCE);
    const { 129: output } = await session.run({ ...superResolutionFeeds(expected) });
    answer = floatsOf(output);
  });
  afterAll(() => session.release());

  it('keeps all its filters in 8 bits', () => {
    const { graph } = decodeModel(bytes);
    const filters = graph.initializer.filter(({ dims }) => dims.length === 4 && Number(dims[2]) === 3);
    expect(filters).toHaveLength(15);
    expect(filters.every(({ data_type: type }) => type === ELEMENT.int8)).toBe(true);
  });

  it('quantizes wherever the IR does', () => {
    const { graph } = decodeModel(bytes);
    expect(graph.node.filter(({ op_type: op }) => op === 'QuantizeLinear')).toHaveLength(26);
  });

  it("is OpenVINO's but for values that round the other way", () => {
    const picked = Float32Array.from(expected.values, (_, index) => answer[index * expected.stride] ?? NaN);
    expect(psnr(picked, Float32Array.from(expected.values))).toBeGreaterThan(MIN_PSNR_TO_OPENVINO);
  });

  it("has OpenVINO's statistics", () => {
    const output = { type: 'float32', data: answer, dims: expected.shape } as const;
    expectStatistics(output, expected, 1e-3);
  });

  it('is close to the net of single precision', async () => {
    const single = await loadBytes(await converted('superResolution', { dynamicSpatial: true }));
    const { 129: output } = await single.run({ ...superResolutionFeeds(expected) });
    await single.release();
    expect(psnr(answer, floatsOf(output))).toBeGreaterThan(MIN_PSNR_TO_SINGLE);
  });
});
