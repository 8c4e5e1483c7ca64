import { z } from 'zod';
import { ModelsDocument } from '../client/operations.js';
import { ask } from './ask.js';
import { CommandFault, Fault } from './fault.js';
import type { VisionService } from './service.js';
import { UsageError } from './usage-error.js';
import type { AskedModel } from './vision-task.js';

/**
 * Asks a service for its models before any picture is sent: it shows whether it is there, whether the key is
 * right, and whether the model is one that can be used.
 * @throws CommandFault; UsageError for a model that there is not
 */
export async function checkService(
  { client, title }: VisionService,
  asked: readonly AskedModel[],
  signal: AbortSignal,
): Promise<void> {
  const { models } = await ask(client.query(ModelsDocument, {}), signal)
    .then((data) => {
      if (hasModels(data)) return data;
      throw new Fault('SERVER_UNREACHABLE', 'The server answered, and not as Okulo does.');
    })
    .catch((error: unknown) => {
      throw error instanceof Fault ? serviceFault(error, title, true) : error;
    });
  for (const { task, model } of asked) {
    if (model === undefined) continue;
    const ofTask = models.filter((each) => each.task === task);
    const known = ofTask.find(({ id }) => id === model);
    if (known?.status === 'UNAVAILABLE')
      throw new CommandFault(`The model ${known.id} cannot be used: ${known.unavailableReason ?? ''}`);
    if (!known) {
      const all = ofTask.map(({ id }) => id).join(', ');
      throw new UsageError(`There is no model '${model}' for this. There are: ${all}.`);
    }
  }
}

/** Anything may be at the other end, and may speak JSON. */
function hasModels(data: unknown): boolean {
  return z.object({ models: z.array(z.object({ id: z.string() })) }).safeParse(data).success;
}

/**
 * Why a service cannot be used, in a sentence that says what to do.
 * @param hasLocal whether the command could do without
 */
export function serviceFault(fault: Fault, title: string, hasLocal: boolean): CommandFault {
  return new CommandFault(inWords(fault, title, hasLocal));
}

function inWords({ code, message }: Fault, title: string, hasLocal: boolean): string {
  switch (code) {
    case 'SERVER_UNREACHABLE':
      return (
        `Cannot use ${title}. ${message} Start one with 'okulo serve'` +
        (hasLocal
          ? ', name another with --server, or do without with --local.'
          : ' or name another with --server.')
      );
    case 'UNAUTHENTICATED':
    case 'FORBIDDEN':
      return `The key is refused by ${title}: ${message} Give a valid one by --key or OKULO_KEY.`;
    default:
      return `${title} does not take requests: ${code}: ${message}`;
  }
}
