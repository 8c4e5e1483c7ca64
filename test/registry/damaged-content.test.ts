/** Files that have the digest of their manifest entry, and are no network all the same. */
import { describe, expect, test } from 'vitest';
import { decodeModel, encodeModel } from '../../src/convert/onnx/model.js';
import { contentsOf, mirrored, REAL_MODELS } from './real-models.js';
import { refused } from './refused.js';

interface Case {
  readonly what: string;
  readonly model: string;
  readonly file: string;
  readonly change: (bytes: Buffer) => Uint8Array;
  readonly reason: RegExp;
}

const ADVICE = 'Correct the manifest entry, or put another file and its digest there.';
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
const webPage = () => Buffer.from('<!doctype html>\n<html>\n<title>404</title>\n</html>\n');

function edited(from: string, to: string): Case['change'] {
  return (bytes) => {
    const text = bytes.toString();
    expect(text).toContain(from);
    return Buffer.from(text.replace(from, to));
  };
}

const ONNX = { model: 'the built-in ONNX', file: 'model.onnx' };
const PROTOTXT = { model: 'the Caffe pair', file: 'deploy.prototxt' };
const CAFFEMODEL = { model: 'the Caffe pair', file: 'weights.caffemodel' };
const ROAD = 'road-segmentation-adas-0001';
const XML = { model: ROAD, file: `${ROAD}.xml` };

const CASES: readonly Case[] = [
  { what: 'ONNX that is no protobuf', ...ONNX, change: webPage, reason: /not an ONNX model/ },
  { what: 'ONNX that is cut off', ...ONNX, change: half, reason: /not an ONNX model/ },
  {
    what: 'ONNX that holds nothing',
    ...ONNX,
    change: (bytes) => {
      const model = decodeModel(bytes);
      return encodeModel({ ...model, graph: { ...model.graph, node: [] } });
    },
    reason: /not an ONNX model: it holds no graph/,
  },
  {
    what: 'ONNX with an operator that nobody knows',
    ...ONNX,
    change: (bytes) => {
      const model = decodeModel(bytes);
      const [node] = model.graph.node;
      if (node) node.op_type = 'Frobnicate';
      return encodeModel(model);
    },
    reason: /the node that makes '\S+' has the operator 'Frobnicate'/,
  },
  {
    what: 'a layer that nobody knows',
    ...PROTOTXT,
    change: edited('type: "Softmax"', 'type: "Mystery"'),
    reason: /layer 'conf_shares' \(Mystery\) is of a type that cannot be converted/,
  },
  { what: 'a prototxt that is cut off', ...PROTOTXT, change: half, reason: /the prototxt|layer '/ },
  {
    what: 'a prototxt that is a web page',
    ...PROTOTXT,
    change: webPage,
    reason: /the prototxt cannot be read/,
  },
  { what: 'a caffemodel that is cut off', ...CAFFEMODEL, change: half, reason: /breaks off after layer '/ },
  {
    what: 'a caffemodel that is a web page',
    ...CAFFEMODEL,
    change: webPage,
    reason: /the caffemodel is damaged/,
  },
  {
    what: 'a layer of an IR that nobody knows',
    ...XML,
    change: edited('type="ReLU"', 'type="Mystery"'),
    reason: /the layer '[^']+' \(Mystery\) .* cannot be converted/,
  },
  {
    what: 'an IR that points beyond its .bin',
    model: ROAD,
    file: `${ROAD}.bin`,
    change: half,
    reason: /the constant of layer '[^']+' \(Const\) lies at bytes \d+ to \d+ of the \.bin, which has \d+/,
  },
  {
    what: 'an IR with a document type',
    ...XML,
    change: edited('<net ', '<!DOCTYPE net [<!ENTITY a "b">]>\n<net '),
    reason: /the \.xml declares a document type/,
  },
  { what: 'an IR that is cut off', ...XML, change: half, reason: /the \.xml .*does not end with <\/net>/ },
];

describe('a file that is wrong in itself is refused by its name, with what to do', () => {
  test.each(CASES.filter(({ model }) => REAL_MODELS.has(model)))('$what', async (wrong) => {
    const real = REAL_MODELS.get(wrong.model);
    if (!real) throw new Error(`There is no model ${wrong.model}`);
    const contents = await contentsOf(real);
    contents.set(wrong.file, Buffer.from(wrong.change(contents.get(wrong.file) ?? Buffer.of())));

    const { name, message } = await refused(await mirrored(real, contents));

    expect(name).toBe('ConversionError');
    expect(message).toMatch(/^The files? \S+( and \S+)? cannot be used: /);
    expect(message).toContain(wrong.file);
    expect(message).toMatch(wrong.reason);
    expect(message.endsWith(`. ${ADVICE}`)).toBe(true);
  });
});
