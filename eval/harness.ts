import { readConfig } from '../src/config.js';
import { prepareModels } from '../src/shared-resources.js';
import { readHeader } from '../src/imaging/codec/header.js';
import { startRunner, type Runner } from '../src/inference/runner.js';
import { createLogger } from '../src/observability/logger.js';
import { Catalog } from '../src/registry/catalog.js';
import type { Task } from '../src/convert/parsers/parsers.js';
import type { AnalysisResult } from '../src/tasks/analyze.js';
import { planOf, type AnalysisPlan } from '../src/tasks/tasks.js';

/** The service's own models and threads, without the service: what is measured here is what requests get. */
export interface Harness {
  readonly catalog: Catalog;
  readonly runner: Runner;
  readonly tileEdge: number;
  analyze(image: Uint8Array, plan: Partial<AnalysisPlan>): Promise<AnalysisResult>;
}

/** @param tasks whose default models are loaded in every thread before anything is measured */
export async function makeHarness(tasks: readonly Task[]): Promise<Harness> {
  const config = readConfig('serve');
  const log = createLogger('error');
  const catalog = await Catalog.read(config.models.manifests);
  const runner = startRunner({
    threadFile: new URL('../dist/inference/thread.js', import.meta.url),
    threads: config.inference.threads,
    intraOpThreads: config.inference.intraOpThreads,
    niceness: 0,
    maxWait: Number.POSITIVE_INFINITY,
    onError: (error) => log.error(error),
  });
  await prepareModels({ catalog, log }, config, { runner, tasks, network: config.models.network });
  return {
    catalog,
    runner,
    tileEdge: config.superResolution.tileEdge,
    analyze: async (image, plan) => {
      const displayed = await readHeader(image, { maxPixels: config.limits.imagePixels });
      const ask = { image, displayed, plan: planOf(plan) };
      return (await runner.run('analyze', ask, { work: 1 })).result;
    },
  };
}

/** Works through a list with every thread busy; results keep the list's order. */
export async function eachOf<T, R>(
  items: readonly T[],
  threads: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  const hand = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: threads }, hand));
  return results;
}
