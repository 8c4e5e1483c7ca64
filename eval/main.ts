/** `npm run eval -- --data <folder> [--model <id>]... [--json]`: how well models do on a labelled set. */
import { parseArgs } from 'node:util';
import { messageOf } from '../src/errors.js';
import { makeHarness } from './harness.js';
import { readSet } from './data.js';
import { measure } from './measure.js';
import { asTable } from './table.js';

const USAGE = `npm run eval -- --data <folder> [--model <id>]... [--json]

The folder's content tells what is measured:
  <wnid>_<name>.JPEG photos            classification: top-1, top-5
  images/ and labels/ (CamVid)         road: intersection over union
  photos with a YOLO .txt or VOC .xml  detection: mAP50, F1 by least score
  pictures                             super resolution: PSNR against bicubic, time

Without --model it is the task's default model; several models get a column each, and of super
resolution each one after the first also the difference of its PSNR and the ratio of its time to the
first one's. --json prints an array with an object for each model.`;

interface CommandLine {
  readonly data: string;
  readonly models: readonly string[];
  readonly json: boolean;
}

/** @returns the exit code */
async function main(): Promise<number> {
  const line = readCommandLine();
  if (typeof line === 'number') return line;
  const set = await readSet(line.data);
  const harness = await makeHarness([set.task]);
  try {
    const ids = line.models.length > 0 ? line.models : [undefined];
    const models = ids.map((id) => harness.catalog.resolve(set.task, id));
    const results = await measure(set, models, harness);
    console.log(
      line.json ? JSON.stringify(results.map((result) => ({ task: set.task, ...result }))) : asTable(results),
    );
    return 0;
  } finally {
    await harness.runner.stop();
  }
}

/** @returns the exit code where there is nothing to measure: 0 after --help, 2 for a wrong command line */
function readCommandLine(): CommandLine | number {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        model: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { data, model, json, help } = values;
    if (data !== undefined && !help) return { data, models: model, json };
    (help ? console.log : console.error)(USAGE);
    return help ? 0 : 2;
  } catch (error) {
    // What parseArgs throws is a sentence for people.
    console.error(messageOf(error));
    return 2;
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  },
);
