import { floatsOf } from '../../convert/bake/raw-outputs.js';
import type { RawOutput } from '../../convert/parsers/output-parser.js';
import { messageOf } from '../../errors.js';
import { take, type Network, type Tensor, type Tensors } from '../../imaging/tensor.js';

/** The runtime tells the values of whole shapes; what comes first says enough. */
const MAX_REASON = 300;

export type Floats = Extract<Tensor, { type: 'float32' }>;

/**
 * Takes the network's own values out of a proof's run, and looks at them as their parser says.
 * @param labelCount how many classes the model's entry names; 0 where it has no list
 * @returns those that the parser names first
 * @throws Error with a sentence for the operator
 */
export function expectPlausible(
  outputs: Tensors,
  [first, ...more]: readonly [RawOutput, ...RawOutput[]],
  labelCount: number,
): Floats {
  const values = plausible(outputs, first, labelCount);
  for (const raw of more) plausible(outputs, raw, labelCount);
  return values;
}

function plausible(
  outputs: Tensors,
  { name, what, range, remedy = DAMAGED, classCount }: RawOutput,
  labelCount: number,
): Floats {
  const values = take(outputs, floatsOf(name), 'float32');
  expectFinite(values, what);
  if (classCount) expectCount(classCount(values.dims), labelCount);
  if (range) expectWithin(values, range, what, remedy);
  return values;
}

/** Where a file leaves its sizes open, only a run shows them. */
function expectCount(classes: number, expected: number): void {
  if (expected === 0 || classes === expected) return;
  throw new Error(
    `The network tells ${classes} classes apart, and its manifest entry names ${expected}. Correct the entry`,
  );
}

function expectFinite({ data }: Floats, what: string): void {
  const wrong = data.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (wrong === 0) return;
  throw new Error(
    `The network's ${what} for a test picture are not all numbers: ${wrong} of ${data.length} are NaN or infinite. ${DAMAGED}`,
  );
}

function expectWithin(
  { data }: Floats,
  [min, max]: readonly [number, number],
  what: string,
  remedy: string,
): void {
  const lowest = data.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const highest = data.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  if (lowest >= min && highest <= max) return;
  throw new Error(
    `The network's ${what} for a test picture go from ${round(lowest)} to ${round(highest)}, and 0 to 1 was expected. ${remedy}`,
  );
}

/** Runs a network. @throws Error that says, in one line, that it does not run */
export async function runOn(network: Network, feeds: Tensors): Promise<Tensors> {
  try {
    return await network.run(feeds);
  } catch (cause) {
    const reason = messageOf(cause).replaceAll(/\s+/g, ' ').slice(0, MAX_REASON);
    throw new Error(`The network does not run as its manifest entry describes it: ${reason}`, { cause });
  }
}

/** What to look at when a network answers nothing sensible at all. */
export const DAMAGED =
  'Its weights are damaged or missing, or mean and scale of its input are not those that it was trained with';

export function areEqual(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
