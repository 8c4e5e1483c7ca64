import { ConversionError } from '../conversion-error.js';
import type { ModelProto, ValueInfoProto } from '../onnx/messages.js';

/** @throws ConversionError unless a network has exactly one output */
export function onlyOutput({ graph }: ModelProto): ValueInfoProto {
  const [output, ...more] = graph.output;
  if (output && more.length === 0) return output;
  throw new ConversionError(`Expected a network with one output, and this one has ${graph.output.length}`);
}

/** @throws ConversionError when a network has no output of that name */
export function outputNamed({ graph }: ModelProto, name: string): ValueInfoProto {
  const output = graph.output.find((candidate) => candidate.name === name);
  if (output) return output;
  const names = graph.output.map((candidate) => `'${candidate.name}'`).join(', ');
  throw new ConversionError(`The network has no output '${name}'; it has ${names}`);
}

/**
 * A list of another length names things that are others, or leaves some without a name.
 * @param classes how many the network tells apart; null or undefined where its file leaves that open
 * @param labelCount 0 where there is no list
 * @throws ConversionError
 */
export function checkLabels(classes: number | null | undefined, labelCount: number): void {
  if (classes === null || classes === undefined || labelCount === 0 || classes === labelCount) return;
  throw new ConversionError(
    `The network tells ${classes} classes apart, but its list of labels has ${labelCount}`,
  );
}
