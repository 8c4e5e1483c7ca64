import { describe, expect, it } from 'vitest';
import { decodeModel, shapeOf } from '../../../src/convert/onnx/model.js';
import { answer, convert, runOnce, tensor } from './small-net.js';

const priors = async (parameters: string, size = [1, 1, 2, 4]) => {
  const prototxt = `
    layer { name: "map" type: "Input" top: "map" input_param { shape { dim: [${size.join(', ')}] } } }
    layer { name: "data" type: "Input" top: "data" input_param { shape { dim: [1, 3, 8, 16] } } }
    layer { name: "boxes" type: "PriorBox" bottom: "map" bottom: "data" top: "boxes" prior_box_param { ${parameters} } }`;
  const feeds = {
    map: tensor(size, new Float32Array(8)),
    data: tensor([1, 3, 8, 16], new Float32Array(384)),
  };
  const { boxes } = await runOnce(convert(prototxt).onnx, feeds);
  const numbers = Array.from(boxes?.data ?? [], Number);
  // A box in pixels, as left, top, right, bottom.
  const box = (index: number) =>
    numbers.slice(index * 4, index * 4 + 4).map((share, side) => share * (side % 2 === 0 ? 16 : 8));
  return { dims: [...(boxes?.dims ?? [])], numbers, box };
};

const near = (values: readonly number[]): unknown[] =>
  values.map((value): unknown => expect.closeTo(value, 5));

describe('prior boxes', () => {
  it('lie around the cells of their feature map, row by row', async () => {
    const { dims, box } = await priors('min_size: 2');
    expect(dims).toEqual([1, 2, 32]);
    expect([box(0), box(1), box(4)]).toEqual([
      [1, 1, 3, 3],
      [5, 1, 7, 3],
      [1, 5, 3, 7],
    ]);
  });

  it('are a small square, a middle one, then the small one in each proportion and its turn', async () => {
    const { dims, box } = await priors(
      'min_size: 2 max_size: 8 aspect_ratio: 4 aspect_ratio: 4 aspect_ratio: 1',
    );
    expect(dims).toEqual([1, 2, 8 * 4 * 4]);
    expect([box(0), box(1), box(2), box(3)]).toEqual([
      [1, 1, 3, 3],
      [0, 0, 4, 4],
      [0, 1.5, 4, 2.5],
      [1.5, 0, 2.5, 4],
    ]);
  });

  it('follow a step and an offset where they are given', async () => {
    const { box } = await priors('min_size: 2 step: 3 offset: 1');
    expect([box(0), box(1)].flat()).toEqual(near([2, 2, 4, 4, 5, 2, 7, 4]));
  });

  it('have steps of their own for height and width', async () => {
    const { box } = await priors('min_size: 2 step_h: 2 step_w: 6 offset: 1');
    expect(box(0)).toEqual(near([5, 1, 7, 3]));
  });

  it('are measured against a picture size where one is given', async () => {
    const { numbers } = await priors('min_size: 8 img_size: 32');
    expect(numbers.slice(0, 4)).toEqual([0, 0.125, 0.25, 0.375]);
  });

  it('end at the edges of the picture where they are clipped', async () => {
    const { box } = await priors('min_size: 6 clip: true');
    expect(box(0)).toEqual([0, 0, 5, 5]);
  });

  it('carry four variances each', async () => {
    const { numbers } = await priors('min_size: 2 variance: 0.5 variance: 0.25 variance: 2 variance: 4');
    expect(numbers.slice(32, 40)).toEqual([0.5, 0.25, 2, 4, 0.5, 0.25, 2, 4]);
  });

  it('are of whole pixels, as in Caffe', async () => {
    const { box } = await priors('min_size: 2.9');
    expect(box(0)).toEqual([1, 1, 3, 3]);
  });
});

/** Locations and scores come straight from the input, one number for each pixel of a 1 x 1 feature map. */
function detector(
  options: { parameters?: string; priorBox?: string; extra?: string; thirdBlob?: string } = {},
) {
  const { parameters = 'background_label_id: 0', extra = '', thirdBlob = 'priors' } = options;
  const priorBox = options.priorBox ?? 'min_size: 4 variance: [0.1, 0.1, 0.2, 0.2]';
  return `
    input: "data" input_dim: [1, 7, 1, 1]
    layer { name: "loc" type: "Convolution" bottom: "data" top: "loc_map" convolution_param { num_output: 4 kernel_size: 1 bias_term: false } }
    layer { name: "conf" type: "Convolution" bottom: "data" top: "conf_map" convolution_param { num_output: 3 kernel_size: 1 bias_term: false } }
    layer { name: "loc_flat" type: "Flatten" bottom: "loc_map" top: "loc" }
    layer { name: "conf_flat" type: "Flatten" bottom: "conf_map" top: "conf" }
    layer { name: "priors" type: "PriorBox" bottom: "loc_map" bottom: "data" top: "priors" prior_box_param { ${priorBox} img_h: 10 img_w: 20 } }
    layer { name: "found" type: "DetectionOutput" bottom: "loc" bottom: "conf" bottom: "${thirdBlob}" top: "found"
            detection_output_param { num_classes: 3 code_type: CENTER_SIZE ${parameters} } }
    ${extra}`;
}

const pick = (from: number, count: number) => ({
  shape: [count, 7, 1, 1],
  values: Array.from({ length: count * 7 }, (_, at) => (at % 7 === from + Math.floor(at / 7) ? 1 : 0)),
});
const WEIGHTS = { loc: [pick(0, 4)], conf: [pick(4, 3)] };
// Moved right by a twentieth of its width and grown to twice its height.
const DATA = tensor([1, 7, 1, 1], [0.5, 0, 0, Math.log(2) / 0.2, 0.7, 0.2, 0.1]);

describe('detections', () => {
  it('end in corners, in shares of the picture times its pixels', async () => {
    const { boxes } = await answer(detector(), WEIGHTS, DATA);
    // The prior box is 4 x 4 of 20 x 10 pixels around (10, 5); the picture has one pixel.
    expect(boxes?.dims).toEqual([1, 1, 4]);
    const expected = [10.2 - 2, 5 - 4, 10.2 + 2, 5 + 4].map(
      (value, side) => value / (side % 2 === 0 ? 20 : 10),
    );
    expect(boxes?.values).toEqual(near(expected));
  });

  it('leave the variances out where the locations hold them', async () => {
    const { boxes } = await answer(
      detector({ parameters: 'variance_encoded_in_target: true' }),
      WEIGHTS,
      tensor([1, 7, 1, 1], [0.5, 0, 0, Math.log(2), 0.7, 0.2, 0.1]),
    );
    expect(boxes?.values[0]).toBeCloseTo((12 - 2) / 20, 5);
    expect(boxes?.values[1]).toBeCloseTo((5 - 4) / 10, 5);
  });

  it.each([
    ['first', 0, [0.2, 0.1]],
    ['in the middle', 1, [0.7, 0.1]],
    ['absent', -1, [0.7, 0.2, 0.1]],
  ])('leave out the background when it is %s', async (_, background, expected) => {
    const prototxt = detector({ parameters: `background_label_id: ${background}` });
    const { scores } = await answer(prototxt, WEIGHTS, DATA);
    expect(scores?.dims).toEqual([1, 1, expected.length]);
    expect(scores?.values).toEqual(near(expected));
  });

  it('tell what their layer says of thresholds, or what Caffe takes when it says nothing', () => {
    const said = 'nms_param { nms_threshold: 0.5 top_k: 40 } keep_top_k: 20 confidence_threshold: 0.25';
    expect(convert(detector({ parameters: said }), WEIGHTS).detection).toEqual({
      classes: 3,
      background: 0,
      nmsThreshold: 0.5,
      topK: 40,
      keepTopK: 20,
      confidenceThreshold: 0.25,
    });
    expect(convert(detector(), WEIGHTS).detection).toMatchObject({
      nmsThreshold: 0.3,
      topK: -1,
      keepTopK: -1,
    });
    expect(convert(detector(), WEIGHTS, ['conf']).detection).toBeNull();
  });

  it('have two outputs of known shape', () => {
    const { graph } = decodeModel(convert(detector(), WEIGHTS).onnx);
    expect(graph.output.map((value) => [value.name, shapeOf(value)])).toEqual([
      ['boxes', [1, 1, 4]],
      ['scores', [1, 1, 2]],
    ]);
  });

  it.each([
    ['boxes for each class', { parameters: 'share_location: false' }, /share_location: false/],
    ['a threshold that changes', { parameters: 'nms_param { eta: 0.9 }' }, /eta: 0\.9/],
    [
      'a background that is no class',
      { parameters: 'background_label_id: 3' },
      /3 classes with background 3/,
    ],
    ['boxes that are not known', { thirdBlob: 'conf' }, /should read prior boxes/],
    ['more boxes than locations', { priorBox: 'min_size: 2 max_size: 3' }, /has 2 prior boxes and 3 classes/],
    [
      'a second of their kind',
      { extra: 'layer { name: "again" type: "DetectionOutput" bottom: "loc" top: "again" }' },
      /^Layer 'again' \(DetectionOutput\) is the second of its type/,
    ],
  ])('refuse %s', (_, options, message) => {
    expect(() => convert(detector(options), WEIGHTS)).toThrow(message);
  });

  it('refuse boxes told as corners', () => {
    const prototxt = detector().replace('CENTER_SIZE', 'CORNER');
    expect(() => convert(prototxt, WEIGHTS)).toThrow(/^Layer 'found' \(DetectionOutput\) .*CENTER_SIZE/);
  });
});
