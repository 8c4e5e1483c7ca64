import protobuf from 'protobufjs';
import textformat from 'protobufjs/ext/textformat.js';
import { messageOf } from '../../errors.js';
import { ConversionError } from '../conversion-error.js';
import { NetMessage } from './net-parameter.js';

export interface BlobShape {
  readonly dim: readonly number[];
}

/** When a layer takes part: in training or in use, at which level, in which stages. */
export interface NetStateRule {
  readonly phase: number;
  readonly minLevel: number;
  readonly maxLevel: number;
  readonly stage: readonly string[];
}
export const TEST_PHASE = 1;

/** One layer; parameters that its description leaves out have the format's defaults. */
export interface Layer {
  readonly name: string;
  readonly type: string;
  readonly bottom: readonly string[];
  readonly top: readonly string[];
  readonly include: readonly NetStateRule[];
  readonly exclude: readonly NetStateRule[];
  readonly inputParam: { readonly shape: readonly BlobShape[] };
  readonly convolutionParam: ConvolutionParameter;
  readonly batchNormParam: { readonly useGlobalStats: boolean; readonly eps: number };
  readonly scaleParam: { readonly axis: number; readonly numAxes: number; readonly biasTerm: boolean };
  readonly reluParam: { readonly negativeSlope: number };
  readonly softmaxParam: { readonly axis: number };
  readonly concatParam: { readonly axis: number; readonly concatDim: number };
  readonly flattenParam: { readonly axis: number; readonly endAxis: number };
  readonly reshapeParam: { readonly shape: BlobShape; readonly axis: number; readonly numAxes: number };
  readonly permuteParam: { readonly order: readonly number[] };
  readonly priorBoxParam: PriorBoxParameter;
  readonly detectionOutputParam: DetectionOutputParameter;
}

export interface ConvolutionParameter {
  readonly numOutput: number;
  readonly biasTerm: boolean;
  readonly pad: readonly number[];
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padH: number;
  readonly padW: number;
  readonly kernelH: number;
  readonly kernelW: number;
  readonly strideH: number;
  readonly strideW: number;
  readonly group: number;
  readonly axis: number;
}

export interface PriorBoxParameter {
  readonly minSize: readonly number[];
  readonly maxSize: readonly number[];
  readonly aspectRatio: readonly number[];
  readonly flip: boolean;
  readonly clip: boolean;
  readonly variance: readonly number[];
  readonly imgSize: number;
  readonly imgH: number;
  readonly imgW: number;
  readonly step: number;
  readonly stepH: number;
  readonly stepW: number;
  readonly offset: number;
}

export const CENTER_SIZE = 2;
export interface DetectionOutputParameter {
  readonly numClasses: number;
  readonly shareLocation: boolean;
  readonly backgroundLabelId: number;
  readonly nmsParam: { readonly nmsThreshold: number; readonly topK: number; readonly eta: number };
  readonly codeType: number;
  readonly keepTopK: number;
  readonly varianceEncodedInTarget: boolean;
  readonly confidenceThreshold: number;
}

/** A whole network description. */
export interface NetDescription {
  readonly name: string;
  readonly input: readonly string[];
  readonly inputDim: readonly number[];
  readonly inputShape: readonly BlobShape[];
  readonly layer: readonly Layer[];
}

/**
 * Reads a `.prototxt`.
 * @throws ConversionError when it is none, or describes no layers
 */
export function parsePrototxt(bytes: Uint8Array): NetDescription {
  let message: protobuf.Message;
  try {
    message = textformat.fromText(NetMessage, new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ConversionError(`The prototxt cannot be read as a Caffe network: ${messageOf(cause)}`, {
      cause,
    });
  }
  const net: unknown = completed(NetMessage, message);
  if (isNet(net)) return net;
  throw new ConversionError(
    "The prototxt describes no layers ('layer {}'); one from Caffe's first year ('layers {}') has to be upgraded with Caffe's upgrade_net_proto_text",
  );
}

/** A plain object with every field of the message: those that were left out have the format's defaults. */
function completed(type: protobuf.Type, values: unknown): object {
  const message = type.create(isObject(values) ? { ...values } : {});
  const members = type.fieldsArray.map(({ name, repeated, resolvedType }): [string, unknown] => {
    const value: unknown = Reflect.get(message, name);
    if (!(resolvedType instanceof protobuf.Type)) return [name, value];
    const parts: unknown[] = Array.isArray(value) ? value : [];
    return [
      name,
      repeated ? parts.map((part) => completed(resolvedType, part)) : completed(resolvedType, value),
    ];
  });
  return Object.fromEntries<unknown>(members);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isNet(message: unknown): message is NetDescription {
  return isObject(message) && 'layer' in message && Array.isArray(message.layer) && message.layer.length > 0;
}
