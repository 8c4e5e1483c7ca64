import { describe, expect, inject, it } from 'vitest';
import { ELEMENT, type ModelProto } from '../../../src/convert/onnx/messages.js';
import { decodeModel, shapeOf } from '../../../src/convert/onnx/model.js';
import { converted } from './references.js';
import { convert, parameter, result, tinyIr } from './tiny-ir.js';

const image = [1, 3, 8, 6];

function network(layout?: string) {
  return tinyIr([
    parameter('input', image, 'f32', layout),
    { name: 'relu', type: 'ReLU', inputs: ['input'], dims: image },
    result('relu'),
  ]);
}

/** Every whole number that the graph could take for a size. */
function wholeNumbersIn({ graph }: ModelProto): number[] {
  const constants = graph.initializer
    .filter(({ data_type: type }) => type === ELEMENT.int64)
    .flatMap(({ raw_data: raw = new Uint8Array() }) =>
      [...new BigInt64Array(Uint8Array.from(raw).buffer)].map(Number),
    );
  const attributes = graph.node.flatMap(({ attribute = [] }) =>
    attribute.flatMap(({ i, ints = [] }) => [...(i === undefined ? [] : [i]), ...ints].map(Number)),
  );
  const dims = graph.initializer.flatMap((tensor) => tensor.dims.map(Number));
  const ends = [...graph.input, ...graph.output].flatMap(shapeOf).filter((size) => size !== null);
  return [...constants, ...attributes, ...dims, ...ends];
}

describe('the height and width of an image', () => {
  it('stay what the IR says', () => {
    const { graph } = decodeModel(convert(network('[N,C,H,W]')));
    expect(graph.input.map(shapeOf)).toEqual([image]);
  });

  it('are left open on demand', () => {
    const { graph } = decodeModel(convert(network('[N,C,H,W]'), { dynamicSpatial: true }));
    expect([...graph.input, ...graph.output].map(shapeOf)).toEqual([
      [1, 3, null, null],
      [1, 3, null, null],
    ]);
  });

  it('are found by the layout', () => {
    const { graph } = decodeModel(convert(network('[N,H,W,C]'), { dynamicSpatial: true }));
    expect(graph.input.map(shapeOf)).toEqual([[1, null, null, 6]]);
  });

  it('cannot be left open where the IR gives no layout', () => {
    expect(() => convert(network(), { dynamicSpatial: true })).toThrow(
      "The layer 'input' (Parameter) does not say which of its dimensions are height and width, so its size cannot be left open",
    );
  });

  it('are open where they are in the IR', () => {
    const open = [1, 3, -1, -1];
    const ir = tinyIr([
      parameter('input', open),
      { name: 'relu', type: 'ReLU', inputs: ['input'], dims: open },
      result('relu'),
    ]);
    expect(decodeModel(convert(ir)).graph.input.map(shapeOf)).toEqual([[1, 3, null, null]]);
  });
});

describe.skipIf(inject('shared') === null)('the super resolution net with open sizes', () => {
  const sizes = [270, 480, 540, 960, 1080, 1920];

  it.each(['superResolution', 'superResolutionInt8'] as const)(
    'keeps none of the sizes of %s',
    async (net) => {
      const numbers = wholeNumbersIn(decodeModel(await converted(net, { dynamicSpatial: true })));
      expect(numbers).toContain(32);
      expect(numbers.filter((number) => sizes.includes(number))).toEqual([]);
    },
  );

  it('has them in its inputs otherwise', async () => {
    const numbers = wholeNumbersIn(decodeModel(await converted('superResolution')));
    expect(numbers).toEqual(expect.arrayContaining([270, 480, 1080, 1920]));
  });
});
