import { ConversionError } from '../conversion-error.js';
import { layerFault } from './layer-fault.js';
import { TEST_PHASE, type Layer, type NetDescription, type NetStateRule } from './prototxt.js';
import { spelled, type BlobSizes } from './shape.js';

/**
 * One value that flows from a layer to others. Caffe's blobs are variables: a layer may write the blob that it
 * reads. A wire is one state of a blob, so that every wire has exactly one maker.
 */
export interface Wire {
  readonly blob: string;
}

/** A layer and what it is wired to. */
export interface Step {
  readonly layer: Layer;
  readonly inputs: readonly Wire[];
  readonly outputs: readonly Wire[];
}

export interface NetInput {
  readonly wire: Wire;
  readonly shape: BlobSizes;
}

/** A network in the order in which it runs. */
export interface Net {
  readonly name: string;
  readonly inputs: readonly NetInput[];
  readonly steps: readonly Step[];
  /** The last state of each blob. */
  readonly last: ReadonlyMap<string, Wire>;
}

/**
 * Wires the layers that take part when a network is used, not trained.
 * @throws ConversionError when a layer reads what no layer before it makes, or a blob is made twice
 */
export function wireNet(description: NetDescription): Net {
  const layers = description.layer.filter(takesPart);
  const last = new Map<string, Wire>();
  const inputs = netInputs(description).map(({ blob, shape }) => {
    const wire = { blob };
    last.set(blob, wire);
    return { wire, shape };
  });

  const steps: Step[] = [];
  for (const [position, layer] of layers.entries()) {
    const wires = layer.bottom.map((blob) => {
      const wire = last.get(blob);
      if (wire) return wire;
      const later = layers.slice(position).find(({ top }) => top.includes(blob));
      throw layerFault(
        layer,
        later
          ? `reads '${blob}', which only layer '${later.name}' makes, in a circle or too late: a layer has to come after those that it reads`
          : `reads '${blob}', which does not exist: no layer makes it`,
      );
    });
    const outputs = layer.top.map((blob, index) => {
      if (last.has(blob) && layer.bottom[index] !== blob)
        throw layerFault(layer, `makes '${blob}', which a layer before it has made already`);
      const wire = { blob };
      last.set(blob, wire);
      return wire;
    });
    if (layer.type === 'Input') inputs.push(...outputs.map((wire, index) => inputOf(layer, wire, index)));
    else steps.push({ layer, inputs: wires, outputs });
  }
  if (inputs.length === 0) throw new ConversionError('The prototxt names no input');
  return { name: description.name, inputs, steps, last };
}

/** The steps that are needed to make some wires, and how often each wire is read. */
export function stepsFor(
  net: Net,
  targets: readonly Wire[],
): { steps: readonly Step[]; readers: ReadonlyMap<Wire, number> } {
  const readers = new Map<Wire, number>();
  const read = (wire: Wire) => readers.set(wire, (readers.get(wire) ?? 0) + 1);
  targets.forEach(read);
  const steps = net.steps
    .toReversed()
    .filter(({ inputs, outputs }) => {
      const needed = outputs.some((wire) => readers.has(wire));
      if (needed) inputs.forEach(read);
      return needed;
    })
    .toReversed();
  return { steps, readers };
}

/** The blobs that no layer reads, in the order of their making: what Caffe gives out. */
export function unread(net: Net): Wire[] {
  const read = new Set(net.steps.flatMap(({ inputs }) => inputs));
  return net.steps.flatMap(({ outputs }) => outputs).filter((wire) => !read.has(wire));
}

/** The old form, before inputs were layers: names, and their shapes or four sizes for each. */
function netInputs({ input, inputShape, inputDim }: NetDescription): { blob: string; shape: BlobSizes }[] {
  return input.map((blob, index) => {
    const shape = inputShape[index]?.dim ?? inputDim.slice(index * 4, index * 4 + 4);
    return { blob, shape: singlePicture(shape, () => new ConversionError(sizeless(blob, shape))) };
  });
}

function inputOf(layer: Layer, wire: Wire, index: number): NetInput {
  const { shape: shapes } = layer.inputParam;
  const shape = (shapes.length === 1 ? shapes[0] : shapes[index])?.dim ?? [];
  return {
    wire,
    shape: singlePicture(shape, () => layerFault(layer, `is wrong: ${sizeless(wire.blob, shape)}`)),
  };
}

function sizeless(blob: string, shape: BlobSizes): string {
  return shape.length === 0
    ? `the sizes of the input '${blob}' are not given`
    : `the input '${blob}' cannot have the sizes ${spelled(shape)}`;
}

/** The first size is how many pictures go in at once, in published files often that of training; here it is one. */
function singlePicture(shape: BlobSizes, fault: () => ConversionError): BlobSizes {
  if (shape.length === 0 || shape.some((size) => size <= 0)) throw fault();
  return [1, ...shape.slice(1)];
}

function takesPart({ include, exclude }: Layer): boolean {
  return include.length > 0 ? include.some(isMet) : !exclude.some(isMet);
}

/** Rules are held against Caffe's state of a network in use: the test phase, level 0 and no stages. */
function isMet({ phase, minLevel, maxLevel, stage }: NetStateRule): boolean {
  return phase === TEST_PHASE && minLevel <= 0 && maxLevel >= 0 && stage.length === 0;
}
