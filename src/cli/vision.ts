import { Option, type Command } from 'commander';
import type { AnalyzeOptions } from './analyze.js';
import type { ClassifyOptions } from './classify.js';
import type { DetectOptions } from './detect.js';
import { option, whole, within } from './number-option.js';
import type { VisionOptions } from './run-vision.js';
import type { SegmentOptions } from './segment.js';
import type { SuperResolveOptions } from './super-resolve.js';
import { exitWhenSaid } from './terminal.js';
import type { VisionTask } from './vision-task.js';

/** `classify | segment | detect | analyze | super-resolve`. Exit codes: 0 all is well, 1 a picture has no result, 2 a wrong command line. */
export function addVisionCommands(program: Command): void {
  const score = within(0, 1);
  vision(program, 'classify', 'what is in each picture')
    .addOption(option('--top <n>', 'labels for each picture (default: 5)', whole(1, 1000)))
    .addOption(option('--min-score <score>', 'leave out labels below this, 0 to 1', score))
    .action(run(async (options: ClassifyOptions) => (await import('./classify.js')).classify(options)));
  vision(program, 'segment', 'where the road is')
    .addOption(option('--opacity <share>', 'of the classes in the overlay, 0 to 1 (default: 0.6)', score))
    .action(run(async (options: SegmentOptions) => (await import('./segment.js')).segment(options)));
  vision(program, 'detect', 'which objects are where')
    .addOption(
      option('--min-score <score>', "leave out objects below this, 0 to 1 (default: the model's own)", score),
    )
    .addOption(option('--max-objects <n>', 'for each picture (default: 100)', whole(1, 1000)))
    .addOption(option('--label <name>', 'only objects of this kind; may be given several times', collected))
    .option('--crops', 'write a picture of each object as well')
    .action(run(async (options: DetectOptions) => (await import('./detect.js')).detect(options)));
  inCommon(program, 'analyze', 'all three at once, by one request for each picture')
    .option('--classifier <id>', 'the model that says what it is (default: the best of those that are ready)')
    .option('--segmenter <id>', 'the model that finds the road (default: the same)')
    .option('--detector <id>', 'the model that finds objects (default: the same)')
    .addOption(option('--top <n>', 'labels for each picture (default: 3)', whole(1, 1000)))
    .action(run(async (options: AnalyzeOptions) => (await import('./analyze.js')).analyze(options)));
  vision(program, 'super-resolve', 'make each picture four times as large, as a job')
    .addOption(
      new Option('--format <format>', 'of the result').choices(['png', 'jpeg', 'webp']).default('png'),
    )
    .addHelpText('after', CANCELS)
    .action(
      run(async (options: SuperResolveOptions) => (await import('./super-resolve.js')).superResolve(options)),
    );
}

const CANCELS = '\nCtrl-C cancels the jobs that are not done. The same picture, submitted twice, is one job.';

function run<Options>(taskOf: (options: Options) => Promise<VisionTask>) {
  return async (files: string[], options: Options & VisionOptions): Promise<void> => {
    const [{ runVision }, task] = await Promise.all([import('./run-vision.js'), taskOf(options)]);
    const code = await runVision(task, files, options);
    // A server that does not close its end of a connection is not waited for.
    exitWhenSaid(code);
  };
}

const EXAMPLES = {
  classify: [
    'okulo classify images/classification/orange.jpg --local',
    'okulo classify --json - < images/classification/orange.jpg',
  ],
  segment: [
    "okulo segment 'frames/*.jpg' --out roads",
    'okulo segment images/road/street.jpg --local --no-out',
  ],
  detect: ['okulo detect images/road/street.jpg --local', 'okulo detect *.jpg --label person --crops'],
  analyze: [
    'okulo analyze images/road/street.jpg --local',
    "okulo analyze 'photos/*.jpg' --csv > photos.csv",
  ],
  'super-resolve': [
    'okulo super-resolve images/super-resolution/street-corner.png --local',
    'okulo super-resolve *.png --format webp',
  ],
};

/** A command that asks one model. */
function vision(program: Command, name: keyof typeof EXAMPLES, description: string): Command {
  return inCommon(program, name, description).option(
    '--model <id>',
    'the model to use (default: the best of those that are ready)',
  );
}

/** A command with what all of them have in common. */
function inCommon(program: Command, name: keyof typeof EXAMPLES, description: string): Command {
  const out = name === 'classify' ? 'nowhere' : 'okulo-out';
  return program
    .command(name)
    .description(description)
    .argument('<files...>', "pictures: files, patterns, http(s) addresses, '-' for standard input")
    .addOption(new Option('--local', 'work in this process, without a server').conflicts(['server', 'key']))
    .option('--server <url>', 'the server to ask (default: OKULO_SERVER, or http://127.0.0.1:4000)')
    .option('--key <key>', 'an API key for it (default: OKULO_KEY)')
    .option('--out <folder>', `write results there (default: ${out})`)
    .option('--no-out', 'write nothing')
    .option('--json', 'print JSON')
    .addOption(new Option('--csv', 'print CSV, a line for each thing found').conflicts('json'))
    .addOption(
      option('--concurrency <n>', 'pictures at a time (default: 4; with --local, threads)', whole(1, 64)),
    )
    .addHelpText('after', `\nExamples:\n${EXAMPLES[name].map((line) => `  ${line}`).join('\n')}`);
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
