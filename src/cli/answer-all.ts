import { realpath } from 'node:fs/promises';
import pMap from 'p-map';
import { Fault } from './fault.js';
import { imageOf, nameOf, titleOf, type Input } from './input.js';
import type { OutFolder } from './out-folder.js';
import { outNames } from './out-names.js';
import type { RunDisplay } from './run-display.js';
import type { VisionService } from './service.js';
import { watchForStall } from './stall.js';
import { printableJson } from './terminal.js';
import type { VisionAnswer, VisionTask } from './vision-task.js';

/** What has become of one picture. */
export type Result =
  | {
      readonly kind: 'answered';
      readonly file: string;
      readonly answer: VisionAnswer;
      /** The paths of what was written. */
      readonly files: readonly string[];
    }
  | { readonly kind: 'failed'; readonly file: string; readonly fault: Fault };

export interface Batch {
  readonly service: VisionService;
  /** Undefined: nothing is written. */
  readonly folder: OutFolder | undefined;
  readonly concurrency: number;
  readonly display: RunDisplay;
  readonly signal: AbortSignal;
}

/**
 * Asks one question of every picture, some at a time; a picture without a result does not hold up the others.
 * @returns one outcome for each input, in their order
 * @throws the signal's reason, after everything that was begun has ended
 */
export async function answerAll(task: VisionTask, inputs: readonly Input[], batch: Batch): Promise<Result[]> {
  const { folder, concurrency, signal, display } = batch;
  const names = folder ? outNames(await Promise.all(inputs.map(resolved)), folder.path) : [];
  const stall = watchForStall();
  const unanswered = stall.moment.then(() => {
    throw neverAnswered();
  });
  // Whoever races it is told; here nobody may.
  unanswered.catch(() => undefined);
  const outcomeOf = async (input: Input, index: number): Promise<Result> => {
    const file = titleOf(input);
    try {
      // Those that have not begun do not begin; the others are waited for, so that jobs are canceled in good order.
      signal.throwIfAborted();
      const done = await Promise.race([unanswered, answerOne(task, input, names[index] ?? '', index, batch)]);
      display.ended(index, 'done');
      return { kind: 'answered', file, ...done };
    } catch (error) {
      display.ended(index, 'failed');
      if (error instanceof Fault) return { kind: 'failed', file, fault: withPlace(error, batch.service) };
      // None of these is handed on: the signal's reason is thrown below.
      if (signal.aborted) return { kind: 'failed', file, fault: neverAnswered() };
      throw error;
    }
  };
  try {
    const outcomes = await pMap(inputs, outcomeOf, { concurrency });
    signal.throwIfAborted();
    return outcomes;
  } finally {
    stall.stop();
  }
}

function neverAnswered(): Fault {
  return new Fault(
    'NOT_ANSWERED',
    'The command came to its end without an answer to this picture, which is a defect. Send it again.',
  );
}

/** Of several servers, the one that is meant; and what there is to do. */
function withPlace(fault: Fault, { title }: VisionService): Fault {
  if (fault.code !== 'SERVER_UNREACHABLE') return fault;
  return new Fault(
    fault.code,
    `There is no answer from ${title}. ${fault.message} See that it runs, then repeat the command: a job that ` +
      'was submitted goes on, and the same picture joins it.',
  );
}

async function answerOne(
  task: VisionTask,
  input: Input,
  name: string,
  index: number,
  { service, folder, display, signal }: Batch,
): Promise<{ answer: VisionAnswer; files: string[] }> {
  const title = titleOf(input);
  const answer = await task.answer(await imageOf(input, signal), {
    client: service.client,
    name: nameOf(input),
    pictures: folder !== undefined,
    signal,
    onProgress: (fraction) => display.at(index, Math.min(fraction, 0.99)),
    tell: (words) => display.tell(`${title}: ${words}`),
  });
  if (!folder) return { answer, files: [] };
  const files: string[] = [];
  for (const { suffix, url } of answer.pictures)
    files.push(await folder.write(`${name}.${suffix}`, await service.download(url, signal)));
  const json = `${printableJson({ file: title, ...answer.data, files })}\n`;
  return { answer, files: [...files, await folder.write(`${name}.json`, Buffer.from(json))] };
}

/** As the out folder's own path is written; a file that is not there keeps its name. */
async function resolved(input: Input): Promise<Input> {
  if (input.kind !== 'file') return input;
  return { ...input, path: await realpath(input.path).catch(() => input.path) };
}
