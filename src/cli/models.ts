import type { Command } from 'commander';
import { onModels } from './models-bed.js';
import { listModels } from './models-list.js';
import { prepareModels } from './models-prepare.js';
import { verifyModels } from './models-verify.js';

/** `models list | prepare | verify`. Exit codes: 0 all is well, 1 a model is not as it should be, 2 a wrong command line. */
export function addModelsCommand(program: Command): void {
  const models = program.command('models').description('the models that the service knows');
  models
    .command('list')
    .description('what there is, and how much of it is here')
    .option('--json', 'print JSON')
    .action(async ({ json = false }: { json?: boolean }) => {
      process.exitCode = await onModels((bed) => listModels(bed, json));
    });
  models
    .command('prepare')
    .description('fetch, convert and prove models: those named, or all')
    .argument('[id...]')
    .action(async (ids: string[]) => {
      process.exitCode = await onModels((bed) => prepareModels(bed, ids));
    });
  models
    .command('verify')
    .description('hold files against their digests and run what is prepared: the models named, or all')
    .argument('[id...]')
    .action(async (ids: string[]) => {
      process.exitCode = await onModels((bed) => verifyModels(bed, ids));
    });
}
