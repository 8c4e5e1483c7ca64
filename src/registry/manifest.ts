import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { FORMATS } from '../convert/bake-model.js';
import type { BakeSpec } from '../convert/bake/spec.js';
import { messageOf } from '../errors.js';
import { withNewNames } from './renamed-members.js';
import { outputSchema, PARSERS, parserOf, TASKS } from '../convert/parsers/parsers.js';

export const ORIGINS = ['OFFICIAL', 'BUILT_IN', 'CUSTOM'] as const;
export type Origin = (typeof ORIGINS)[number];

/** A digest with the algorithm that made it; `git` is a git blob id, for files whose publisher names no other. */
const digest = z
  .string()
  .regex(/^(sha1:[0-9a-f]{40}|sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|git:[0-9a-f]{40})$/, {
    message: 'expected sha1:, sha256:, sha384: or git: and the digest in lower-case hex',
  });

const file = z.strictObject({
  /** Under the model's folder in a mirror and in the cache. */
  name: z.string().regex(/^\w[\w.-]*(\/\w[\w.-]*)*$/, { message: 'expected a plain file name' }),
  bytes: z.int().positive().optional(),
  digest,
  /** Beside the manifest. */
  path: z.string().optional(),
  /** Where the file is published. */
  url: z.url({ protocol: /^https?$/ }).optional(),
});

const perChannel = z
  .union([z.number(), z.array(z.number()).length(3)])
  .transform((value) => (typeof value === 'number' ? [value, value, value] : value));

const input = z.strictObject({
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  layout: z.enum(['NCHW', 'NHWC']).default('NCHW'),
  channels: z.enum(['RGB', 'BGR']).default('RGB'),
  mean: perChannel.prefault(0),
  scale: perChannel.prefault(1),
  upscaledInput: z.strictObject({ name: z.string().min(1), times: z.int().min(2).max(8) }).optional(),
  fit: z.enum(['stretch', 'cover', 'letterbox']).default('stretch'),
  pad: z.int().min(0).max(255).default(0),
});

const modelId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, {
  message: 'expected lower-case letters, digits, dots and dashes',
});

const entry = z
  .strictObject({
    id: modelId,
    task: z.enum(TASKS),
    title: z.string().min(1),
    origin: z.enum(ORIGINS).default('CUSTOM'),
    license: z.string().min(1),
    source: z.url().optional(),
    format: z.enum(FORMATS),
    precision: z.enum(['FP32', 'FP16', 'INT8']),
    files: z.array(file).min(1),
    /** The folder that its files have in a mirror and in the cache: another model's id, for variants of it. */
    filesOf: modelId.optional(),
    /** A text file beside the manifest, one label a line, or the labels themselves. */
    labels: z.union([z.string(), z.array(z.string())]).optional(),
    input,
    output: outputSchema,
    /** Among the usable models of its task, the one with the lowest rank is the default; without one, never. */
    defaultRank: z.int().optional(),
    /** Detectors: the score from which objects count where a request names none. */
    minScore: z.number().min(0).max(1).optional(),
    /** Classifiers: the top score below which the first label is more often wrong than right. */
    unsureBelow: z.number().min(0).max(1).optional(),
    /** What it knows and where it fails, in a sentence or two for people. */
    notes: z.string().min(1).max(400).optional(),
    /** How good it was when it was measured, and on what. */
    accuracy: z.string().min(1).max(150).optional(),
    /** A model that does the same better, as far as this project has measured it. */
    better: modelId.optional(),
    /** Milliseconds of one run, and of a megapixel of input for models that take any size. */
    cost: z
      .strictObject({ run: z.number().min(0).default(20), megapixel: z.number().min(0).default(0) })
      .prefault({}),
  })
  .superRefine(({ task, output, input: { width, height }, minScore, unsureBelow }, context) => {
    if (parserOf(output).task !== task) {
      const fitting = Object.entries(PARSERS).filter(([, parser]) => parser.task === task);
      context.addIssue(
        `expected an output parser of task ${task} (${fitting.map(([name]) => name).join(', ')}), and it is ${output.parser}`,
      );
    }
    if (parserOf(output).inputSize === 'FIXED' && !(width && height))
      context.addIssue('expected input.width and input.height');
    if (task !== 'DETECT_OBJECTS' && minScore !== undefined)
      context.addIssue(`expected minScore for task DETECT_OBJECTS only, and this is ${task}`);
    if (task !== 'CLASSIFY' && unsureBelow !== undefined)
      context.addIssue(`expected unsureBelow for task CLASSIFY only, and this is ${task}`);
  });

const manifest = z.strictObject({ $comment: z.string().optional(), models: z.array(entry) });

export type ModelFile = z.infer<typeof file>;

/** A manifest entry, with the folder that its paths start from. */
export type ManifestEntry = z.infer<typeof entry> & { readonly folder: string };

/**
 * What is in a manifest's `input` and `output` is what baking wants to know, beside the labels' number.
 * @param labelCount how many labels the model's list has; 0 where it has none
 */
export function bakeSpecOf({ input, output }: ManifestEntry, labelCount: number): BakeSpec {
  return { input, output, labelCount };
}

/** A manifest that cannot be used; the message names the file and every fault in it. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Told, in a sentence, of what works and will not for ever. */
export type Warn = (warning: string) => void;

/**
 * Reads manifests one after the other: an entry with an id that is known already takes its place.
 * @param warn told of members that have another name now
 * @throws ManifestError
 */
export async function readManifests(
  paths: readonly string[],
  warn: Warn = () => undefined,
): Promise<ManifestEntry[]> {
  const entries = new Map<string, ManifestEntry>();
  for (const path of paths) for (const model of await readManifest(path, warn)) entries.set(model.id, model);
  return [...entries.values()];
}

async function readManifest(path: string, warn: Warn): Promise<ManifestEntry[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ManifestError(`The model manifest ${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
  const current = withNewNames(content, (warning) => warn(`The model manifest ${path}: ${warning}.`));
  const parsed = manifest.safeParse(current);
  if (!parsed.success) {
    throw new ManifestError(`The model manifest ${path} is not valid:\n${z.prettifyError(parsed.error)}`);
  }
  const folder = dirname(resolve(path));
  return parsed.data.models.map((model) => ({ ...model, folder }));
}
