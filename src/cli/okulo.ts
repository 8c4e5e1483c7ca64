#!/usr/bin/env node
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { lastWords } from '../errors.js';
import { addKeysCommand } from './keys.js';
import { addModelsCommand } from './models.js';
import { addServeCommands } from './serve.js';
import { UsageError } from './usage-error.js';
import { addVisionCommands } from './vision.js';

// Only commander and what describes the commands is read here: each command reads the rest when it runs.

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const program = new Command('okulo')
  .description('Computer vision on pictures: classify, segment roads, detect objects, enlarge.')
  .version(version)
  .showHelpAfterError()
  .addHelpText(
    'after',
    '\nExamples:\n  okulo detect images/road/street.jpg --local\n  okulo serve\n  okulo classify images/classification/orange.jpg',
  )
  // Set before the subcommands are added: they take it over.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
addVisionCommands(program);
addServeCommands(program);
addModelsCommand(program);
addKeysCommand(program);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has seen enough, `head` for one.
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`The output can not be written: ${error.message}.\n`);
  process.exit(1);
});
// Nothing that is told along the way is worth the work itself, and there is nowhere to complain.
process.stderr.on('error', () => undefined);

program.parseAsync().catch(async (error: unknown) => {
  const { PLAIN_FAULTS } = await import('./plain-faults.js');
  process.stderr.write(`${lastWords(error, PLAIN_FAULTS)}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
