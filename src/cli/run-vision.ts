import { hasErrno } from '../platform/errno.js';
import { answerAll, type Result } from './answer-all.js';
import { checkService } from './check-service.js';
import { expandInputs } from './expand-inputs.js';
import { onInterrupt } from './interrupt.js';
import { openService, type ServiceOptions } from './open-service.js';
import { openOutFolder, type OutFolder } from './out-folder.js';
import { asJson, asTable, written } from './report.js';
import { runDisplay, type RunDisplay } from './run-display.js';
import { isJobTask } from '../tasks/job-tasks.js';
import { printWhole, say } from './terminal.js';
import { UsageError } from './usage-error.js';
import type { VisionTask } from './vision-task.js';

/** What all tasks have in common on the command line. */
export interface VisionOptions extends ServiceOptions {
  readonly concurrency?: number;
  /** The folder for results; false: none. */
  readonly out?: string | false;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const OUT_FOLDER = 'okulo-out';

/**
 * Asks one question of every picture that the arguments name, and sets the exit code of the process: 1 until the
 * outcome of every picture has been written, and after it when one of them has no result.
 * @returns the exit code
 * @throws UsageError, CommandFault
 */
export async function runVision(
  task: VisionTask,
  args: readonly string[],
  options: VisionOptions,
): Promise<number> {
  process.exitCode = 1;
  if (task.models.some(({ task: asked }) => isJobTask(asked)) && options.local && options.out === false)
    throw new UsageError('With --local and --no-out nothing would be left of the work: leave one out.');
  const interruption = onInterrupt();
  const { signal } = interruption;
  try {
    const inputs = await expandInputs(args);
    const folder = await outFolder(task, options);
    // A connection is lost only after there is something to show it on.
    const shown: { on?: RunDisplay } = {};
    const service = await openService(task.models, inputs.length, options, (line) =>
      shown.on?.interject(line),
    );
    interruption.begin();
    const display = runDisplay(process.stderr, inputs.length);
    shown.on = display;
    signal.addEventListener('abort', () => display.clear());
    try {
      await checkService(service, task.models, signal);
      const concurrency = options.concurrency ?? service.concurrency;
      const outcomes = await answerAll(task, inputs, { service, folder, concurrency, display, signal });
      display.clear();
      const code = await report(await textOf(task, outcomes, options), outcomes);
      const files = folder && written(folder, outcomes);
      if (files) say(files);
      return code;
    } finally {
      display.clear();
      await service.close();
    }
  } catch (error) {
    if (interruption.exitCode === undefined) throw error;
    say('Interrupted.');
    return (process.exitCode = interruption.exitCode);
  } finally {
    interruption.stop();
  }
}

async function textOf(
  task: VisionTask,
  outcomes: readonly Result[],
  { json = false, csv = false }: VisionOptions,
): Promise<string> {
  if (json) return asJson(outcomes);
  // Read where it is asked for: most commands print tables.
  return csv ? (await import('./csv.js')).asCsv(outcomes) : asTable(task, outcomes);
}

/** Writes what has become of the pictures. @returns the exit code, which is the process's as soon as that is done */
function report(text: string, outcomes: readonly Result[]): Promise<number> {
  const code = outcomes.every(({ kind }) => kind === 'answered') ? 0 : 1;
  return new Promise((resolve) => {
    printWhole(text, (error) => {
      // Whoever reads may have seen enough, `head` for one; any other fault is told, and is the end, elsewhere.
      if (error && !hasErrno(error, 'EPIPE')) return;
      process.exitCode = code;
      resolve(code);
    });
  });
}

async function outFolder(task: VisionTask, { out }: VisionOptions): Promise<OutFolder | undefined> {
  const title = out ?? (task.makesPictures && OUT_FOLDER);
  return title === false ? undefined : openOutFolder(title);
}
