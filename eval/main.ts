/** `npm run eval -- --data <folder> [--model <id>] [--json]`: how well a model does on a labelled set. */
import { parseArgs } from 'node:util';
import { CodedError, messageOf } from '../src/errors.js';
import { makeBed, type Bed } from './bed.js';
import { measureClassification } from './classification.js';
import { readSet, type LabelledSet } from './data.js';
import { measureDetection } from './detection.js';
import { measureRoad } from './road.js';
import { measureSuperResolution } from './super-resolution.js';

const USAGE = `npm run eval -- --data <folder> [--model <id>] [--json]

The folder's content tells what is measured:
  <wnid>_<name>.JPEG photos            classification: top-1, top-5
  images/ and labels/ (CamVid)         road: intersection over union
  photos with a YOLO .txt or VOC .xml  detection: mAP50
  pictures                             super resolution: PSNR against bicubic`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      model: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || values.data === undefined) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const set = await readSet(values.data);
  const bed = await makeBed();
  try {
    const result = await measure(set, values.model, bed);
    if (values.json) console.log(JSON.stringify({ task: set.task, ...result }));
    else
      for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(28)}${inWords(value)}`);
  } finally {
    await bed.runner.stop();
  }
}

function measure(
  set: LabelledSet,
  model: string | undefined,
  bed: Bed,
): Promise<Record<string, string | number>> {
  switch (set.task) {
    case 'CLASSIFY':
      return measureClassification(set, model, bed);
    case 'SEGMENT_ROAD':
      return measureRoad(set, model, bed);
    case 'DETECT_OBJECTS':
      return measureDetection(set, model, bed);
    case 'SUPER_RESOLVE':
      return measureSuperResolution(set, model, bed);
  }
}

function inWords(value: string | number): string {
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value);
}

main().catch((error: unknown) => {
  console.error(error instanceof CodedError ? error.message : messageOf(error));
  process.exitCode = 1;
});
