import type { GraphEditor } from '../onnx/graph-editor.js';
import type { Blob, BlobGraph } from './blob.js';
import { constantOf } from './constant.js';
import { layerFault } from './layer-fault.js';
import { CENTER_SIZE, type Layer } from './prototxt.js';
import { count, spelled, type BlobSizes } from './shape.js';

/** What a network's DetectionOutput layer says about its results: for the manifest to be held against. */
export interface DetectionParameters {
  /** How many classes the network tells apart, the background included. */
  readonly classes: number;
  /** The background's place among them; -1 where there is none. */
  readonly background: number;
  /** Boxes of one class that overlap more than this are one object. */
  readonly nmsThreshold: number;
  /** How many of a class's best boxes are looked at; -1: all. */
  readonly topK: number;
  /** How many objects a picture has at most; -1: any number. */
  readonly keepTopK: number;
  /** Boxes that score less are none. */
  readonly confidenceThreshold: number;
}

/** What a network with a DetectionOutput layer ends in, and what that layer said. */
export interface Detections {
  readonly parameters: DetectionParameters;
  /** 1 x N x 4: left, top, right, bottom in input pixels, not cut at the picture's edges. */
  readonly boxes: { readonly name: string; readonly shape: BlobSizes };
  /** 1 x N x classes, without the background. */
  readonly scores: { readonly name: string; readonly shape: BlobSizes };
}

/**
 * DetectionOutput up to its non-maximum suppression, which is left to what comes behind the network.
 * A box is told as the correction of a prior box (https://arxiv.org/abs/1512.02325, section 2.2).
 * @param picture the input's size in pixels
 */
export function detections(
  layer: Layer,
  inputs: readonly Blob[],
  graph: BlobGraph,
  picture: { width: number; height: number },
): Detections {
  const { editor } = graph;
  const { numClasses, backgroundLabelId } = layer.detectionOutputParam;
  checkSupported(layer);
  const [location, confidence, priors, ...more] = inputs;
  if (!location || !confidence || !priors || more.length > 0)
    throw layerFault(
      layer,
      `should read locations, confidences and prior boxes; it reads ${inputs.length} blobs`,
    );
  if (priors.kind !== 'constant' || priors.shape.length !== 3 || priors.shape[1] !== 2)
    throw layerFault(layer, 'should read prior boxes (PriorBox layers, joined) as its third blob');
  const boxes = priors.values.length / 8;
  if (count(location.shape) !== boxes * 4 || count(confidence.shape) !== boxes * numClasses) {
    throw layerFault(
      layer,
      `has ${boxes} prior boxes and ${numClasses} classes, which ${spelled(location.shape)} locations and ${spelled(confidence.shape)} confidences do not fit`,
    );
  }
  const shaped = (blob: Blob, last: number) =>
    editor.add('Reshape', [graph.nameOf(blob), editor.ints([1, boxes, last])]);
  const scores = withoutBackground(editor, shaped(confidence, numClasses), numClasses, backgroundLabelId);
  return {
    parameters: parametersOf(layer),
    boxes: {
      name: corners(editor, layer, shaped(location, 4), priors.values, picture),
      shape: [1, boxes, 4],
    },
    scores: { name: scores.name, shape: [1, boxes, scores.classes] },
  };
}

function corners(
  editor: GraphEditor,
  layer: Layer,
  location: string,
  priors: Float32Array,
  picture: { width: number; height: number },
): string {
  const total = priors.length / 8;
  const centres = new Float32Array(total * 2);
  const shifts = new Float32Array(total * 2);
  const growths = new Float32Array(total * 2);
  const halves = new Float32Array(total * 2);
  const encoded = layer.detectionOutputParam.varianceEncodedInTarget;
  const variance = (at: number) => (encoded ? 1 : (priors[total * 4 + at] ?? 0));
  for (let box = 0; box < total; box += 1) {
    for (const axis of [0, 1]) {
      const low = priors[box * 4 + axis] ?? 0;
      const high = priors[box * 4 + axis + 2] ?? 0;
      const pixels = axis === 0 ? picture.width : picture.height;
      const at = box * 2 + axis;
      centres[at] = ((low + high) / 2) * pixels;
      halves[at] = ((high - low) / 2) * pixels;
      shifts[at] = (high - low) * pixels * variance(box * 4 + axis);
      growths[at] = variance(box * 4 + axis + 2);
    }
  }
  const constant = (values: Float32Array) => constantOf(editor, [1, total, 2], values);
  const part = (from: number, to: number) =>
    editor.add('Slice', [location, editor.ints([from]), editor.ints([to]), editor.ints([2])]);
  const centre = editor.add('Add', [editor.add('Mul', [part(0, 2), constant(shifts)]), constant(centres)]);
  const growth = editor.add('Exp', [editor.add('Mul', [part(2, 4), constant(growths)])]);
  const half = editor.add('Mul', [growth, constant(halves)]);
  const leftTop = editor.add('Sub', [centre, half]);
  const rightBottom = editor.add('Add', [centre, half]);
  return editor.add('Concat', [leftTop, rightBottom], { axis: 2 });
}

function withoutBackground(
  editor: GraphEditor,
  scores: string,
  classes: number,
  background: number,
): { name: string; classes: number } {
  if (background < 0) return { name: scores, classes };
  const kept = Array.from({ length: classes }, (_, index) => index).filter((index) => index !== background);
  return { name: editor.add('Gather', [scores, editor.ints(kept)], { axis: 2 }), classes: kept.length };
}

function checkSupported(layer: Layer): void {
  const { numClasses, shareLocation, backgroundLabelId, codeType, nmsParam } = layer.detectionOutputParam;
  if (!shareLocation)
    throw layerFault(layer, 'has boxes for each class (share_location: false), which is not known here');
  if (codeType !== CENTER_SIZE)
    throw layerFault(
      layer,
      'tells boxes otherwise than as CENTER_SIZE, the one code_type that is known here',
    );
  if (nmsParam.eta !== 1)
    throw layerFault(
      layer,
      `changes its overlap threshold as it goes (eta: ${nmsParam.eta}), which is not known here`,
    );
  if (numClasses < 2 || backgroundLabelId >= numClasses)
    throw layerFault(
      layer,
      `has ${numClasses} classes with background ${backgroundLabelId}, which leaves none to detect`,
    );
}

function parametersOf({ detectionOutputParam }: Layer): DetectionParameters {
  const { numClasses, backgroundLabelId, nmsParam, keepTopK, confidenceThreshold } = detectionOutputParam;
  return {
    classes: numClasses,
    background: backgroundLabelId,
    nmsThreshold: nmsParam.nmsThreshold,
    topK: nmsParam.topK,
    keepTopK,
    confidenceThreshold,
  };
}
