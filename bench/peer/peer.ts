import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Figure } from '../report.js';
import { spread } from '../rounds.js';

const LOOP = fileURLToPath(new URL('loop.py', import.meta.url));
const STAGES = ['decode', 'preprocess', 'inference', 'postprocess'] as const;
const answerSchema = z.union([
  z.object({ missing: z.string() }),
  z.object({
    perSecond: z.number(),
    versions: z.string(),
    ...Object.fromEntries(STAGES.map((s) => [s, z.number()])),
  }),
]);

/** The published networks that the earlier service ran by OpenVINO, by their places in a folder of models. */
const MODELS = [
  ['CLASSIFY', 'mobilenet-v3-small/v3-small_224_1.0_float.xml'],
  ['SEGMENT_ROAD', 'road-segmentation-adas-0001/road-segmentation-adas-0001.xml'],
] as const;

/**
 * The same work in Python, one process on all cores, as each of the earlier service's did it.
 * @param folder of published models, as MODEL_MIRROR has them
 * @returns nothing, with a line that says so, where Python or its packages are missing
 */
export async function peerFigures(
  python: string,
  folder: string,
  image: Uint8Array,
  milliseconds: number,
  rounds: number,
): Promise<Figure[]> {
  const room = await mkdtemp(join(tmpdir(), 'okulo-peer-'));
  const picture = join(room, 'picture.jpg');
  try {
    await writeFile(picture, image);
    const figures: Figure[] = [];
    for (const [task, file] of MODELS) {
      const model = join(folder, file);
      if (!existsSync(model)) {
        console.error(`The peer of ${task} is skipped: there is no ${file} in ${folder}.`);
        continue;
      }
      const found: Record<string, number>[] = [];
      let versions = '';
      for (let round = 0; round < rounds; round += 1) {
        const told = await answerOf(python, [LOOP, task, model, picture, String(milliseconds / 1000)]);
        if ('missing' in told) {
          console.error(`The peer is skipped: ${told.missing}. pip install openvino opencv-python-headless`);
          return [];
        }
        const { versions: these, ...numbers } = told;
        versions = these;
        found.push(numbers);
      }
      const of = (name: string) => spread(found.map((numbers) => numbers[name] ?? Number.NaN));
      figures.push({ name: `peer ${task}, ${versions}`, unit: '/s', values: of('perSecond') });
      figures.push(...STAGES.map((stage) => ({ name: `  ${stage}`, unit: 'ms', values: of(stage) })));
    }
    return figures;
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

async function answerOf(python: string, args: readonly string[]): Promise<z.infer<typeof answerSchema>> {
  try {
    const { stdout } = await promisify(execFile)(python, args);
    return answerSchema.parse(JSON.parse(stdout));
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAbsent) return { missing: `there is no ${python}` };
    throw error;
  }
}
