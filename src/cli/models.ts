import type { Command } from 'commander';

/** `models list | prepare | verify`. Exit codes: 0 all is well, 1 a model is not as it should be, 2 a wrong command line. */
export function addModelsCommand(program: Command): void {
  const models = program.command('models').description('the models that the service knows');
  models
    .command('list')
    .description('what there is, and how much of it is here')
    .option('--json', 'print JSON')
    .action(async ({ json = false }: { json?: boolean }) => {
      const [{ onModels }, { listModels }] = await Promise.all([context(), import('./models-list.js')]);
      process.exitCode = await onModels((here) => listModels(here, json));
    });
  models
    .command('prepare')
    .description('fetch, convert and prove models: those named, or all')
    .argument('[id...]')
    .action(async (ids: string[]) => {
      const [{ onModels }, { prepareModels }] = await Promise.all([context(), import('./models-prepare.js')]);
      process.exitCode = await onModels((here) => prepareModels(here, ids));
    });
  models
    .command('verify')
    .description('hold files against their digests and run what is prepared: the models named, or all')
    .argument('[id...]')
    .action(async (ids: string[]) => {
      const [{ onModels }, { verifyModels }] = await Promise.all([context(), import('./models-verify.js')]);
      process.exitCode = await onModels((here) => verifyModels(here, ids));
    });
}

/** Read when a command needs it: a look at the help takes no part of it. */
function context() {
  return import('./models-context.js');
}
