/** From the files of a published model to the graph that the service runs. */
import { extname } from 'node:path';
import { messageOf } from '../errors.js';
import { bake, BAKE_VERSION } from './bake.js';
import type { BakeSpec } from './bake/spec.js';
import { CAFFE_CONVERTER_VERSION, convertCaffe } from './caffe.js';
import { checkDetection } from './caffe/check-detection.js';
import { ConversionError } from './conversion-error.js';
import { convertOpenVino, OPENVINO_CONVERTER_VERSION } from './openvino.js';

export const FORMATS = ['onnx', 'openvino-ir', 'caffe'] as const;
export type Format = (typeof FORMATS)[number];

/** Part of a prepared file's name: the same files become another graph when a converter or the baking changes. */
export const CONVERTER_VERSIONS: Readonly<Record<Format, string>> = {
  onnx: `${BAKE_VERSION}`,
  'openvino-ir': `${BAKE_VERSION}.${OPENVINO_CONVERTER_VERSION}`,
  caffe: `${BAKE_VERSION}.${CAFFE_CONVERTER_VERSION}`,
};

/** A file of a model, under its published name. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A published model, and what has to be known to serve it. */
export interface PublishedModel {
  readonly format: Format;
  readonly files: readonly NamedFile[];
  readonly spec: BakeSpec;
}

/**
 * Turns a model as it is published into the graph that the service runs.
 * @returns an ONNX file
 * @throws ConversionError when files are missing, or are not what their format and the spec say; the message
 *   names the files and says what to do
 */
export function bakeModel({ format, files, spec }: PublishedModel): Uint8Array {
  try {
    return bake(plainOnnx(format, files, spec), spec);
  } catch (cause) {
    throw unusable(files, cause);
  }
}

/** Whatever a file made the conversion stumble over, in one line. */
function unusable(files: readonly NamedFile[], cause: unknown): ConversionError {
  const [what, ...names] = [files.length === 1 ? 'file' : 'files', ...files.map(({ name }) => name)];
  const reason = messageOf(cause).replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  return new ConversionError(
    `The ${what} ${names.join(' and ')} cannot be used: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}. ` +
      'Correct the manifest entry, or put another file and its digest there.',
    { cause },
  );
}

function plainOnnx(format: Format, files: readonly NamedFile[], { input, output }: BakeSpec): Uint8Array {
  const part = (end: string) => partOf(format, files, end);
  switch (format) {
    case 'onnx':
      return part('.onnx');
    case 'openvino-ir':
      return convertOpenVino(part('.xml'), part('.bin'), { dynamicSpatial: input.width === undefined });
    case 'caffe': {
      const { onnx, detection } = convertCaffe(part('.prototxt'), part('.caffemodel'));
      checkDetection(detection, output);
      return onnx;
    }
  }
}

function partOf(format: Format, files: readonly NamedFile[], end: string): Uint8Array {
  const parts = files.filter(({ name }) => extname(name) === end);
  const [part] = parts;
  if (part && parts.length === 1) return part.bytes;
  const names = files.map(({ name }) => name).join(', ');
  throw new ConversionError(
    `A model of format ${format} has exactly one ${end} file, and its files are ${names}`,
  );
}
