import type { KnownModel } from '../registry/catalog.js';
import type { Progress } from '../registry/progress.js';
import { named, type ModelsContext } from './models-context.js';
import { progressDisplay } from './progress-display.js';
import { print } from './terminal.js';

/**
 * Prepares models one after the other, and says of each how it went.
 * @returns 1 when one of them cannot be used
 */
export async function prepareModels(
  { catalog, sources, builder }: ModelsContext,
  ids: readonly string[],
): Promise<number> {
  const display = progressDisplay(process.stderr);
  const count = { made: 0, present: 0, failed: 0 };
  for (const { entry } of named(catalog, ids)) {
    const start = performance.now();
    const steps = new Set<Progress['step']>();
    const onProgress = (id: string, progress: Progress): void => {
      steps.add(progress.step);
      display.onProgress(id, progress);
    };
    await catalog.prepare(sources, { ...builder, onProgress }, [entry.id]);
    display.clear();
    const outcome = outcomeOf(catalog.find(entry.id), steps);
    count[outcome.kind] += 1;
    const seconds = outcome.kind === 'made' ? ` in ${((performance.now() - start) / 1000).toFixed(1)} s` : '';
    print(`${entry.id}: ${outcome.words}${seconds}`);
  }
  print(`${count.made} prepared now, ${count.present} prepared before, ${count.failed} failed`);
  return count.failed > 0 ? 1 : 0;
}

type Result = { readonly kind: 'made' | 'present' | 'failed'; readonly words: string };

function outcomeOf(model: KnownModel | undefined, steps: ReadonlySet<Progress['step']>): Result {
  const availability = model?.availability;
  if (availability?.status !== 'READY')
    return {
      kind: 'failed',
      words: `FAILED. ${availability?.status === 'UNAVAILABLE' ? availability.fault : ''}`,
    };
  if (!steps.has('convert')) return { kind: 'present', words: 'is prepared' };
  return { kind: 'made', words: steps.has('download') ? 'fetched and prepared' : 'prepared' };
}
