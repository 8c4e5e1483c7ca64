/** The one table of parsers. What a manifest may say, baking, the proof, reading and docs/models.md derive from it. */
import { z } from 'zod';
import type { OutputParser } from './output-parser.js';
import { segmentationArgmax } from './segmentation-argmax.js';
import { softmaxTopK } from './softmax-top-k.js';
import { ssd } from './ssd.js';
import { superResolution } from './super-resolution.js';
import { yolox } from './yolox.js';

export type ParserName = 'softmax-top-k' | 'segmentation-argmax' | 'ssd' | 'yolox' | 'super-resolution';

export const PARSERS = {
  'softmax-top-k': softmaxTopK,
  'segmentation-argmax': segmentationArgmax,
  ssd,
  yolox,
  'super-resolution': superResolution,
} satisfies { readonly [P in ParserName]: OutputParser<{ readonly parser: P }> };

type Parsers = typeof PARSERS;

/** What models are for. A task is there as soon as a parser is for it; whatever else belongs to it hangs on its name. */
export type Task = Parsers[ParserName]['task'];
export const TASKS = [...new Set(Object.values(PARSERS).map(({ task }) => task))] as const;

type Schema = Parsers[ParserName]['schema'];

/** What a manifest entry says in `output`: the parser's name, and what that parser has to know. */
export type OutputSpec = z.output<Schema>;

/** The parsers whose models are for one task, and what these are told. */
type ParserFor<T extends Task> = Extract<Parsers[ParserName], { readonly task: T }>;
export type SpecFor<T extends Task> = z.output<ParserFor<T>['schema']>;

export const outputSchema = z.discriminatedUnion(
  'parser',
  Object.values(PARSERS).map(({ schema }) => schema) as [Schema, ...Schema[]],
);

/**
 * The parser that a spec names. The table ties each parser to its own spec, which this type does not show.
 * @throws Error when there is none, as in data that another version wrote
 */
export function parserOf({ parser }: { readonly parser: string }): OutputParser<OutputSpec> {
  if (Object.hasOwn(PARSERS, parser)) return PARSERS[parser as ParserName];
  throw new Error(`There is no output parser '${parser}'; there are ${Object.keys(PARSERS).join(', ')}`);
}

/**
 * The parser that a spec names, as one of those for a task.
 * @throws Error when it is for another task
 */
export function parserFor<T extends Task>(task: T, spec: OutputSpec): ParserFor<T> {
  const parser = parserOf(spec);
  if (parser.task === task) return parser as ParserFor<T>;
  throw new Error(
    `Expected a model for ${task}, and '${spec.parser}' is the output of one for ${parser.task}`,
  );
}
