import { inspect } from 'node:util';
import { readClientConfig } from '../config.js';
import { concernsOperator, messageOf } from '../errors.js';
import type { Task } from '../client/operations.js';
import { progressDisplay } from './progress-display.js';
import type { VisionService } from './service.js';
import { sayLines } from './terminal.js';

/** Which service a command is for. */
export interface ServiceOptions {
  readonly local?: boolean;
  readonly server?: string;
  readonly key?: string;
  readonly model?: string;
}

/**
 * Reads only the side that is asked for: the one knows no network, the other no networks.
 * @param tell told of a connection that is lost on the way
 */
export async function openService(
  task: Task,
  pictures: number,
  options: ServiceOptions,
  tell: (line: string) => void,
): Promise<VisionService> {
  if (options.local) return localService(task, pictures, options.model);
  const { remoteService } = await import('./remote-service.js');
  const { server, key } = readClientConfig();
  return remoteService(options.server ?? server, options.key ?? key, tell);
}

async function localService(task: Task, pictures: number, model: string | undefined): Promise<VisionService> {
  const { startLocal } = await import('../local.js');
  const display = progressDisplay(process.stderr);
  const report = (error: unknown): void =>
    sayLines(concernsOperator(error) ? messageOf(error.cause) : inspect(error));
  const { threads, ...local } = await startLocal({
    task,
    pictures,
    model,
    onModel: display.onProgress,
    report,
  });
  display.clear();
  return { ...local, title: 'this process', concurrency: threads };
}
