/** What the published models reach on the labelled sets, through the code that serves requests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { runEval } from './command.js';
import { recoveredClassifier } from '../kit/recovered-classifier.js';

const shared = inject('shared') ?? '';
const results = z.array(z.looseObject({ task: z.string(), model: z.string() })).length(1);

describe.skipIf(shared === '')('the shared sets', { timeout: 120_000 }, () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-eval-test-'));
    env = {
      MODEL_MANIFESTS: await recoveredClassifier(folder),
      MODEL_MIRROR: join(shared, 'models'),
      MODEL_CACHE: join(folder, 'models'),
    };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['imagenet', 'mobilenet-v3-small', 'top-1', 0.7],
    ['camvid', 'road-segmentation-adas-0001', 'road IoU', 0.96],
    ['coco', 'yolox-nano', 'mAP50', 0.48],
    ['set5', 'single-image-super-resolution-1032', 'gain dB', 2.2],
  ])('%s: %s has a %s of %d at least', async (set, model, measure, min) => {
    const args = ['--data', join(shared, 'eval', set), '--model', model, '--json'];
    const { code, stdout, stderr } = await runEval(args, env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [result] = results.parse(JSON.parse(stdout));
    expect(result?.model).toBe(model);
    expect(result?.[measure]).toBeGreaterThanOrEqual(min);
  });
});
