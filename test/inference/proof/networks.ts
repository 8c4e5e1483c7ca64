/** Small networks that can answer, and others of the same form that cannot. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bake } from '../../../src/convert/bake.js';
import type { OutputSpec } from '../../../src/convert/parsers/parsers.js';
import type { GraphEditor, Shape } from '../../../src/convert/onnx/graph-editor.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import type { PreparedModel } from '../../../src/registry/prepared-model.js';
import { tinyModel } from '../../convert/onnx/tiny.js';

const SIDE = 32;
const PICTURE: Shape = [1, 3, SIDE, SIDE];
const OPEN: Shape = [1, 3, 'height', 'width'];

interface Form {
  readonly output: OutputSpec;
  readonly inputs?: Shape;
  readonly outputs: Record<string, Shape>;
  readonly labelCount?: number;
  /** Null: of any size. */
  readonly size?: PreparedModel['input']['size'];
}

/** Builds outputs out of the picture `x`, whose values are 0..1. */
export type Build = (editor: GraphEditor) => void;

/** Bakes a network into a file that goes when the running test ends. */
async function baked(form: Form, build: Build): Promise<PreparedModel> {
  const { output, inputs = PICTURE, outputs, labelCount = 0, size = { width: SIDE, height: SIDE } } = form;
  const plain = tinyModel({ inputs: { x: inputs }, outputs }, build);
  const scale = 1 / 255;
  const input = { layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], scale: [scale, scale, scale] } as const;
  const folder = await mkdtemp(join(tmpdir(), 'okulo-proof-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'model.onnx');
  await writeFile(file, bake(encodeModel(plain), { input: { ...input, ...size }, output, labelCount }));
  return {
    id: 'network',
    file,
    digest: 'network',
    input: { size, fit: 'stretch', pad: 0 },
    output,
    labelCount,
    cost: { run: 1, megapixel: 0 },
  };
}

/** Means of red, green and blue, 1x3. */
export function meansOf(editor: GraphEditor): string {
  return editor.add('ReduceMean', ['x'], { axes: [2, 3], keepdims: 0 });
}

/** @param build makes `y`, 1x3 */
export function classifier(build: Build, { logits = false, labelCount = 3, open = false } = {}) {
  const output = { parser: 'softmax-top-k', logits } as const;
  return baked({ output, outputs: { y: [1, open ? 'classes' : 3] }, labelCount }, build);
}

/** @param build makes `y`, 1x3x32x32 */
export function segmenter(build: Build, classes: readonly number[] = [0, 1, 2]) {
  const y: Shape = classes.length === 3 ? PICTURE : [1, 'classes', SIDE, SIDE];
  return baked({ output: { parser: 'segmentation-argmax', classes }, outputs: { y } }, build);
}

/** @param build makes `s`, 1x1x3 */
export function detector(build: Build, corners: readonly number[] = [1, 1, 6, 6]) {
  const output = { parser: 'ssd', boxes: 'b', scores: 's', iouThreshold: 0.5 } as const;
  return baked({ output, outputs: { b: [1, 1, 4], s: [1, 1, 3] }, labelCount: 3 }, (editor) => {
    const nothing = editor.add('Mul', [editor.add('ReduceMax', ['x'], { keepdims: 0 }), editor.floats(0)]);
    editor.add('Add', [editor.floats(corners, [1, 1, 4]), nothing], {}, 'b');
    build(editor);
  });
}

/** YOLOX with one cell, whose box has this size as a logarithm. */
export function cellDetector(logSize: number) {
  const output = { parser: 'yolox', strides: [SIDE], iouThreshold: 0.5 } as const;
  return baked({ output, outputs: { y: [1, 1, 8] }, labelCount: 3 }, (editor) => {
    const box = editor.floats([0.5, 0.5, logSize, logSize, 0.5], [1, 1, 5]);
    const scores = editor.add('Reshape', [meansOf(editor), editor.ints([1, 1, 3])]);
    editor.add('Concat', [box, scores], { axis: 2 }, 'y');
  });
}

/** @param build makes `y` of any size */
export function enlarger(build: Build, scale = 2) {
  const output = { parser: 'super-resolution', scale, receptiveFieldRadius: 2 } as const;
  return baked({ output, inputs: OPEN, outputs: { y: [1, 3, 'rows', 'columns'] }, size: null }, build);
}

/** The same with a size that its manifest entry states. */
export function fixedEnlarger(build: Build) {
  const output = { parser: 'super-resolution', scale: 2, receptiveFieldRadius: 2 } as const;
  return baked({ output, outputs: { y: [1, 3, SIDE * 2, SIDE * 2] } }, build);
}

/** Each pixel twice as wide and high. */
export function doubled(editor: GraphEditor, picture = 'x'): string {
  const unused = editor.floats([]);
  return editor.add('Resize', [picture, unused, editor.floats([1, 1, 2, 2])], { mode: 'nearest' });
}
