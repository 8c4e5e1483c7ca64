import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { LoadedSession } from '../../../src/inference/session.js';
import { loadBytes } from '../../kit/prepared.js';
import { channelsLast, nchw, picture, superResolutionFeeds } from './picture.js';
import { converted, expectStatistics, largestDifference, reference, type Published } from './references.js';

/** Of the output's range. Measured: at most 3e-5. */
const TOLERANCE = 1e-3;

const withNetwork = (network: Published, dynamicSpatial = false): (() => LoadedSession) => {
  let session: LoadedSession | undefined;
  beforeAll(async () => {
    session = await loadBytes(await converted(network, { dynamicSpatial }));
  });
  afterAll(() => session?.release());
  return () => {
    if (!session) throw new Error('the network was not loaded');
    return session;
  };
};

describe.skipIf(inject('shared') === null)('mobilenet-v3-small, converted', () => {
  const network = withNetwork('classifier');
  const output = 'MobilenetV3/Predictions/Softmax';

  it('has the names of the IR', () => {
    expect(network()).toMatchObject({ inputs: ['input'], outputs: [output] });
  });

  it("gives OpenVINO's probabilities", async () => {
    const expected = await reference('mobilenet-v3-small');
    const input = channelsLast(picture(expected));
    const answer = await network().run({
      input: { type: 'float32', data: input, dims: [1, expected.height, expected.width, 3] },
    });
    expect(answer[output]?.dims).toEqual(expected.shape);
    expect(largestDifference(answer[output], expected)).toBeLessThan(TOLERANCE);
    expectStatistics(answer[output], expected, TOLERANCE);
  });
});

describe.skipIf(inject('shared') === null)('road-segmentation-adas-0001, converted', () => {
  const network = withNetwork('road');
  const output = 'L0317_ReWeight_SoftMax';

  it('has the names of the IR', () => {
    expect(network()).toMatchObject({ inputs: ['data'], outputs: [output] });
  });

  it("gives OpenVINO's probabilities", async () => {
    const expected = await reference('road-segmentation-adas-0001');
    const answer = await network().run({ data: nchw(picture(expected), expected) });
    expect(answer[output]?.dims).toEqual(expected.shape);
    expect(largestDifference(answer[output], expected)).toBeLessThan(TOLERANCE);
    expectStatistics(answer[output], expected, TOLERANCE);
  });
});

describe.skipIf(inject('shared') === null)('single-image-super-resolution-1032, converted', () => {
  const network = withNetwork('superResolution', true);

  it('has the names of the IR', () => {
    expect(network()).toMatchObject({ inputs: ['0', '1'], outputs: ['129'] });
  });

  it.each(['270x480', '64x96', '33x50', '101x40'])(
    "gives OpenVINO's pixels for a tile of %s",
    async (size) => {
      const expected = await reference(`single-image-super-resolution-1032-fp32-${size}`);
      const { 129: answer } = await network().run({ ...superResolutionFeeds(expected) });
      expect(answer?.dims).toEqual(expected.shape);
      expect(largestDifference(answer, expected)).toBeLessThan(TOLERANCE);
      expectStatistics(answer, expected, TOLERANCE);
    },
  );

  it('takes an image of one pixel', async () => {
    const { 129: answer } = await network().run({ ...superResolutionFeeds({ height: 1, width: 1 }) });
    expect(answer?.dims).toEqual([1, 3, 4, 4]);
  });
});
