import { readConfig, type Config } from '../config.js';
import { modelBuilder } from '../inference/model-builder.js';
import { startRunner } from '../inference/runner.js';
import { THREAD_FILE } from '../inference/thread-file.js';
import { Catalog, type KnownModel } from '../registry/catalog.js';
import type { Sources } from '../registry/sources.js';
import type { ModelBuilder } from '../registry/model-builder.js';
import { say } from './terminal.js';
import { UsageError } from './usage-error.js';

/** What the commands work on. */
export interface ModelsContext {
  readonly catalog: Catalog;
  readonly sources: Sources;
  /** Starts its thread when it is first needed. */
  readonly builder: ModelBuilder;
}

/**
 * Runs a command on the models that the environment names, with a thread to convert and run them on.
 * @returns the command's exit code
 */
export async function onModels(command: (context: ModelsContext) => Promise<number>): Promise<number> {
  const config = readConfig('tool');
  const catalog = await Catalog.read(config.models.manifests, (warning) => say(warning));
  const runner = lazily(() => oneThread(config));
  try {
    return await command({
      catalog,
      sources: config.models,
      builder: modelBuilder({ run: (...request) => runner.get().run(...request) }),
    });
  } finally {
    await runner.started?.stop();
  }
}

/**
 * The models that a command names, or all of them.
 * @throws UsageError for one that there is not
 */
export function named(catalog: Catalog, ids: readonly string[]): KnownModel[] {
  if (ids.length === 0) return catalog.list();
  return ids.map((id) => {
    const known = catalog.find(id);
    if (known) return known;
    const all = catalog.list().map(({ entry }) => entry.id);
    throw new UsageError(`There is no model '${id}'. There are: ${all.join(', ')}.`);
  });
}

function oneThread({ inference }: Config) {
  return startRunner({
    threadFile: THREAD_FILE,
    threads: 1,
    intraOpThreads: inference.intraOpThreads,
    niceness: 0,
    maxWait: Number.POSITIVE_INFINITY,
    onError: (error) => say(String(error)),
  });
}

function lazily<T>(start: () => T): { readonly started: T | undefined; get(): T } {
  let started: T | undefined;
  return {
    get started() {
      return started;
    },
    get: () => (started ??= start()),
  };
}
