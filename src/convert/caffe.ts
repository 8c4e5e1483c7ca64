import { BlobGraph, type Blob } from './caffe/blob.js';
import { detections, type DetectionParameters } from './caffe/detection-output.js';
import { layerFault } from './caffe/layer-fault.js';
import { convertLayer } from './caffe/layers.js';
import { stepsFor, unread, wireNet, type Net, type Step, type Wire } from './caffe/net.js';
import { parsePrototxt } from './caffe/prototxt.js';
import { Weights } from './caffe/weights.js';
import { ConversionError } from './conversion-error.js';
import { GraphEditor, valueInfo } from './onnx/graph-editor.js';
import type { ValueInfoProto } from './onnx/messages.js';
import { encodeModel, modelOf } from './onnx/model.js';

export type { DetectionParameters } from './caffe/detection-output.js';

/** Part of a prepared file's name: raise it whenever the same network would be converted into something else. */
export const CAFFE_CONVERTER_VERSION = 1;

/** A converted network. */
export interface CaffeConversion {
  /** An ONNX file, opset 17, for one picture at a time. */
  readonly onnx: Uint8Array;
  /** What its DetectionOutput layer says of thresholds and classes; null for a network without one. */
  readonly detection: DetectionParameters | null;
}

/**
 * Converts a Caffe network. One that ends in DetectionOutput gets two outputs: `boxes`, 1 x N x 4 (left, top,
 * right, bottom in input pixels), and `scores`, 1 x N x classes **without the background**, so that class 0 is
 * the first real one. Any other network gives out the blobs that none of its layers reads, by their names.
 * @param options `outputs`: names of blobs to give out instead, as they are when the network has run
 * @throws ConversionError when a file is damaged, the two do not fit each other, or a layer is not known
 */
export function convertCaffe(
  prototxt: Uint8Array,
  caffemodel: Uint8Array,
  options: { readonly outputs?: readonly string[] } = {},
): CaffeConversion {
  const net = wireNet(parsePrototxt(prototxt));
  const weights = new Weights(caffemodel);
  const graph = new BlobGraph(new GraphEditor('caffe'));
  const detector = options.outputs ? undefined : detectorOf(net);
  const targets = detector?.inputs ?? options.outputs?.map((name) => wireOf(net, name)) ?? unread(net);
  if (targets.length === 0)
    throw new ConversionError('The prototxt has layers, but no output: each is read by another');
  const blobs = convertSteps(net, targets, graph, weights);

  let outputs: ValueInfoProto[];
  let detection: DetectionParameters | null = null;
  if (detector) {
    const { parameters, boxes, scores } = detections(detector.layer, blobs, graph, pictureOf(net, detector));
    outputs = [
      output(graph, net, boxes.name, 'boxes', boxes.shape),
      output(graph, net, scores.name, 'scores', scores.shape),
    ];
    detection = parameters;
  } else {
    outputs = blobs.map((blob, index) =>
      output(graph, net, graph.nameOf(blob), targets[index]?.blob ?? '', blob.shape),
    );
  }
  const inputs = net.inputs.map(({ wire, shape }) => valueInfo(wire.blob, 'float', shape));
  return { onnx: encodeModel(modelOf(net.name || 'caffe', graph.editor, inputs, outputs)), detection };
}

/** Adds the layers that the targets need, in the order in which they run. */
function convertSteps(net: Net, targets: readonly Wire[], graph: BlobGraph, weights: Weights): Blob[] {
  const { steps, readers } = stepsFor(net, targets);
  const made = new Map<Wire, Blob>(
    net.inputs.map(({ wire, shape }) => [wire, { kind: 'computed', shape, name: wire.blob }]),
  );
  const blobsOf = (wires: readonly Wire[]) =>
    wires.map((wire) => made.get(wire)).filter((blob) => blob !== undefined);
  for (const { layer, inputs, outputs } of steps) {
    const blob = convertLayer({ layer, inputs: blobsOf(inputs), graph, weights });
    for (const wire of outputs) made.set(wire, (readers.get(wire) ?? 0) > 1 ? graph.settled(blob) : blob);
  }
  return blobsOf(targets);
}

function detectorOf(net: Net): Step | undefined {
  const [detector, ...more] = net.steps.filter(({ layer }) => layer.type === 'DetectionOutput');
  if (more[0]) throw layerFault(more[0].layer, 'is the second of its type, and a network can have one');
  return detector;
}

function pictureOf(net: Net, { layer }: Step): { width: number; height: number } {
  const [picture, ...more] = net.inputs.filter(({ shape }) => shape.length === 4);
  const [, , height, width] = picture?.shape ?? [];
  if (height !== undefined && width !== undefined && more.length === 0) return { width, height };
  throw layerFault(layer, 'needs a network with one picture (1 x channels x height x width) as its input');
}

function wireOf({ last }: Net, name: string): Wire {
  const wire = last.get(name);
  if (wire) return wire;
  throw new ConversionError(`No layer of the network makes '${name}', which is asked for as an output`);
}

/** Gives a value of the graph its name as an output. */
function output(
  { editor }: BlobGraph,
  net: Net,
  value: string,
  name: string,
  shape: readonly number[],
): ValueInfoProto {
  if (net.inputs.some(({ wire }) => wire.blob === name))
    throw new ConversionError(`The network's input '${name}' would be an output of the same name, too`);
  editor.add('Identity', [value], {}, name);
  return valueInfo(name, 'float', shape);
}
