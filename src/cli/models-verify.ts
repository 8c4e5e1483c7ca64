import { messageOf } from '../errors.js';
import type { KnownModel } from '../registry/catalog.js';
import { checkFile } from '../registry/digest.js';
import { findPrepared } from '../registry/prepare.js';
import { locate } from '../registry/sources.js';
import { withoutStop } from './fault.js';
import { named, type ModelsContext } from './models-context.js';
import { print } from './terminal.js';

/**
 * Holds every model file that is here against size and digest, and runs what is prepared once.
 * @returns 1 when something is wrong; what is not here is not wrong, unless its model was named
 */
export async function verifyModels(context: ModelsContext, ids: readonly string[]): Promise<number> {
  let wrong = 0;
  for (const model of named(context.catalog, ids)) {
    const { faults, words } = await verify(model, context, ids.length > 0);
    print(`${model.entry.id}: ${faults.length > 0 ? `WRONG. ${faults.join(' ')}` : words}`);
    if (faults.length > 0) wrong += 1;
  }
  return wrong > 0 ? 1 : 0;
}

interface Verdict {
  readonly faults: readonly string[];
  /** What can be said where nothing is wrong. */
  readonly words: string;
}

async function verify(
  { entry, labels }: KnownModel,
  { sources, builder }: ModelsContext,
  mustBeHere: boolean,
): Promise<Verdict> {
  const faults: string[] = [];
  let filesHere = 0;
  for (const file of entry.files) {
    const path = await locate(entry, file, sources);
    if (path === undefined) continue;
    filesHere += 1;
    await checkFile(path, file).catch((error: unknown) => {
      faults.push(
        `${withoutStop(messageOf(error))}. Put the right file there, or delete it to have it fetched again.`,
      );
    });
  }
  const { model, state } = await findPrepared(entry, labels.length, sources);
  const remedy = `Run: npm run models -- prepare ${entry.id}`;
  if (state === 'DAMAGED') faults.push(`The prepared file ${model.file} is damaged. ${remedy}`);
  if (state === 'ABSENT' && mustBeHere) faults.push(`It is not prepared. ${remedy}`);
  if (state === 'WHOLE') {
    await builder.verify(model).catch((error: unknown) => {
      faults.push(`The prepared model does not run: ${withoutStop(messageOf(error))}. Delete ${model.file}.`);
    });
  }
  const files = `${filesHere} of ${entry.files.length} files here`;
  return { faults, words: state === 'WHOLE' ? `runs, ${files}` : `not prepared, ${files}` };
}
