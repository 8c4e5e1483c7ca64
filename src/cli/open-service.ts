import { inspect } from 'node:util';
import { readClientConfig } from '../config.js';
import { concernsOperator, messageOf } from '../errors.js';
import { progressDisplay } from './progress-display.js';
import type { VisionService } from './service.js';
import { sayLines } from './terminal.js';
import type { AskedModel } from './vision-task.js';

/** Which service a command is for. */
export interface ServiceOptions {
  readonly local?: boolean;
  readonly server?: string;
  readonly key?: string;
}

/**
 * Reads only the side that is asked for: the one knows no network, the other no networks.
 * @param tell told of a connection that is lost on the way
 */
export async function openService(
  models: readonly AskedModel[],
  pictures: number,
  options: ServiceOptions,
  tell: (line: string) => void,
): Promise<VisionService> {
  if (options.local) return localService(models, pictures);
  const { remoteService } = await import('./remote-service.js');
  const { server, key } = readClientConfig();
  return remoteService(options.server ?? server, options.key ?? key, tell);
}

async function localService(models: readonly AskedModel[], pictures: number): Promise<VisionService> {
  const { startLocal } = await import('../local.js');
  const display = progressDisplay(process.stderr);
  const report = (error: unknown): void =>
    sayLines(concernsOperator(error) ? messageOf(error.cause) : inspect(error));
  const { threads, ...local } = await startLocal({
    models,
    pictures,
    onModel: display.onProgress,
    report,
  });
  display.clear();
  return { ...local, title: 'this process', concurrency: threads };
}
