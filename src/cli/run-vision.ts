import { answerAll } from './answer-all.js';
import { checkService } from './check-service.js';
import { expandInputs } from './expand-inputs.js';
import { onInterrupt } from './interrupt.js';
import { openService, type ServiceOptions } from './open-service.js';
import { openOutFolder, type OutFolder } from './out-folder.js';
import { asJson, asTable, written } from './report.js';
import { runDisplay, type RunDisplay } from './run-display.js';
import { UsageError } from './usage-error.js';
import type { VisionTask } from './vision-task.js';

/** What all tasks have in common on the command line. */
export interface VisionOptions extends ServiceOptions {
  readonly concurrency?: number;
  /** The folder for results; false: none. */
  readonly out?: string | false;
  readonly json?: boolean;
}

const OUT_FOLDER = 'okulo-out';

/**
 * Asks one question of every picture that the arguments name.
 * @returns the exit code: 1 when there is no result for one of them
 * @throws UsageError, CommandFault
 */
export async function runVision(
  task: VisionTask,
  args: readonly string[],
  options: VisionOptions,
): Promise<number> {
  if (task.task === 'SUPER_RESOLVE' && options.local && options.out === false)
    throw new UsageError('With --local and --no-out nothing would be left of the work: leave one out.');
  const interruption = onInterrupt();
  const { signal } = interruption;
  try {
    const inputs = await expandInputs(args);
    const folder = await outFolder(task, options);
    // A connection is lost only after there is something to show it on.
    const shown: { on?: RunDisplay } = {};
    const service = await openService(task.task, inputs.length, options, (line) => shown.on?.interject(line));
    interruption.begin();
    const display = runDisplay(process.stderr, inputs.length);
    shown.on = display;
    signal.addEventListener('abort', () => display.clear());
    try {
      await checkService(service, task.task, options.model, signal);
      const concurrency = options.concurrency ?? service.concurrency;
      const outcomes = await answerAll(task, inputs, { service, folder, concurrency, display, signal });
      display.clear();
      process.stdout.write(`${options.json ? asJson(outcomes) : asTable(task, outcomes)}\n`);
      if (folder) process.stderr.write(written(folder, outcomes));
      return outcomes.every(({ kind }) => kind === 'answered') ? 0 : 1;
    } finally {
      display.clear();
      await service.close();
    }
  } catch (error) {
    if (interruption.exitCode === undefined) throw error;
    process.stderr.write('Interrupted.\n');
    return interruption.exitCode;
  } finally {
    interruption.stop();
  }
}

async function outFolder(task: VisionTask, { out }: VisionOptions): Promise<OutFolder | undefined> {
  const title = out ?? (task.makesPictures && OUT_FOLDER);
  return title === false ? undefined : openOutFolder(title);
}
