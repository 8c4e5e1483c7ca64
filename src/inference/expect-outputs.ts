import { parserOf } from '../convert/parsers/parsers.js';
import { take, type Tensors } from '../imaging/tensor.js';
import type { PreparedModel } from '../registry/prepared-model.js';

/** @throws Error when a graph lacks an output that its parser reads */
export function expectOutputs({ output }: PreparedModel, outputs: Tensors): void {
  for (const [name, type] of Object.entries(parserOf(output).outputs)) take(outputs, name, type);
}
